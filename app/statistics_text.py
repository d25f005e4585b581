"""Statistics of a table of responses as text for a terminal."""


def told(found: dict) -> list[str]:
    """The form, a line an item, then options, variants, what to look at, and the calibration."""
    lines = [*_form(found), "", *_items(found["items"])]
    for item in found["items"]:
        lines += [*_options(item)]
    flagged = [(item["item"], flag) for item in found["items"] for flag in item["flags"]]
    lines += ["", "To look at:", *(f"  {item}: {flag['sentence']} (n {flag['n']})" for item, flag in flagged)] if flagged else []
    return lines + (["", *_calibration(found["calibration"])] if "calibration" in found else [])


def _form(found: dict) -> list[str]:
    form = found["form"]
    lines = [f"{_many(form['persons'], 'person')}, {_many(form['items'], 'item')}" + ("" if found["header"] else "; no header was found") + ("; the first column holds ids" if found["ids"] else ""),
             f"mean {_number(form['mean'], 3)}  variance {_number(form['variance'], 4)}  skewness {_number(form['skewness'], 4)}  kurtosis {_number(form['kurtosis'], 4)}",
             f"alpha (KR-20) {_number(form['alpha'], 4)} {_interval(form['alpha_interval'], 2)}  error ratio {_number(form['error_ratio'], 2)} %  "
             f"standard error {_number(form['standard_error'], 3)} marks"]
    if found["sparse"]:
        lines.append("More than half of the cells are empty: these persons met different items, so that totals do not compare. Look at --model rasch.")
    return lines


COLUMNS = ("item", "n", "left out", "not reached", "facility", "95 %", "discrimination", "95 %", "efficiency", "weight", "item-total", "alpha without")


def _items(items: list[dict]) -> list[str]:
    rows = [(item["item"], str(item["n"]), str(item["omitted"]), str(item["not_reached"]), _number(item["facility"], 3), _interval(item["facility_interval"], 2),
             _number(item["discrimination"], 2), _interval(item["discrimination_interval"], 0), _number(item["efficiency"], 2), _number(item["weight"], 2),
             _number(item["item_total"], 4), _number(item["alpha_without"], 4)) for item in items]
    return _table((COLUMNS, *rows))


def _options(item: dict) -> list[str]:
    if not item["options"]:
        return []
    rows = [("option", "chosen", "low third", "middle", "high third"),
            *((f"{option['option'] or 'none'}{' *' if option['right'] else ''}", str(option["n"]), *map(str, option["thirds"])) for option in item["options"])]
    return ["", f"{item['item']}:", *(f"  {line}" for line in _table(rows))]


def _calibration(found: dict) -> list[str]:
    lines = [f"{found['model']}: log-likelihood {found['loglik']:.4f}, {found['parameters']} parameters, AIC {found['aic']:.2f}, {found['rounds']} rounds"
             + ("" if found["converged"] else "; it did not settle, take the figures with care"),
             "Abilities are standard normal. Cells without an answer are left out."]
    rows = [(one["item"], str(one["n"]), _number(one["difficulty"], 4), _number(one["difficulty_se"], 4), _number(one["slope"], 4), _number(one["slope_se"], 4),
             _number(one["rest_correlation"], 3)) for one in found["items"]]
    return [*lines, *_table((("item", "n", "difficulty", "SE", "slope", "SE", "with the rest"), *rows))]


def _table(rows) -> list[str]:
    """Columns as wide as their widest cell; the first to the left, numbers to the right."""
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join([row[0].ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(row[1:], wide[1:], strict=True))]) for row in rows]


def _number(value: float | None, places: int) -> str:
    return "–" if value is None else f"{value:.{places}f}"


def _interval(value: list[float] | None, places: int) -> str:
    return "–" if value is None else f"{value[0]:.{places}f} to {value[1]:.{places}f}"


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
