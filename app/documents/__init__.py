"""Pages of docs/ that are written from code and content, so that they cannot drift: a module a page, each with page(catalogue) -> str."""
