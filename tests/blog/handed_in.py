"""What people hand in: one text of our own, with the faults that such texts have, in each kind."""

TITLE = "Data Engineer vs ML Engineer: who does what"
ROLES = {
    "data-engineer": ("Data Engineer",),
    "ml-engineer": ("ML Engineer", "Machine Learning Engineer"),
    "web-developer": ("Web Developer",),
}
GUESSED = [
    "What is a Data Engineer?",
    "What is an ML Engineer?",
    "Where the two differ",
    "Certificates for pipelines",
    "Certificates for models",
    "Which one suits you?",
    "Related reading",
    "In short",
]
EMPTY = ["Certificates for models", "Related reading"]
MARK = ":contentReference[oaicite:4]{index=4}"
FURNITURE = (
    "Read this Example Blog post for the newest on data. Explore more blog categories, use the blog search, "
    "or return to the Example Blog home."
)
HASHTAGS = "#Data #Pipelines #ML #MachineLearning #machine-learning #Python #python"

PLAIN = f"""{TITLE}
{FURNITURE}
One engineer lays the pipes and another teaches the machine that drinks from them.
They sit at the same table and read the same numbers.
What is a Data Engineer?
A data engineer moves data to where it is needed, on time and complete.
Most weeks hold these kinds of work:
- building pipelines
- cleaning what arrives
- watching over costs
What is an ML Engineer?
An ML engineer brings models into use.
Most weeks hold these kinds of work:
- training models
- measuring them honestly
A model is only as good as what it was fed. {MARK}
Where the two differ
| Aspect | Data Engineer | ML Engineer |
|---|---|---|
| Main focus | Moving data | Using models |
| Everyday tools | SQL, Airflow | PyTorch, MLflow |
Certificates for pipelines
- One of the cloud providers – associate level
- A database vendor's own
Certificates for models
Which one suits you?
If you like order, lay pipes. If you like doubt, teach machines.
Related reading
In short
Both are needed, and each explains the other's bad days.
| Author | Robin Field | |
| Published | 3 weeks ago | |
| Category: | Data | |
| HashTags | {HASHTAGS} |
"""

MARKDOWN = f"""---
title: {TITLE}
author: "Robin Field"
date: 2026-03-04
tags: [Data, Python, "machine learning"]
category: Data
---

# {TITLE}

One engineer lays the pipes{MARK} and **another** teaches, see [the map](https://example.org/map?utm_source=chatgpt.com).

## What is a *Data* Engineer?

1. building pipelines
   - in SQL
2. cleaning

> Clean data is quiet data.

### Tools

| Tool | For |
|---|:--|
| `{MARK}` | samples |
| Airflow | order |

```python
print("{MARK}")  # 【3†source】
```

## Related reading

## In short

A List<String> is a list, <kbd>Ctrl</kbd> is a key<script>alert(1)</script>.
"""

HTML = f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE} | Example Blog</title>
<meta name="author" content="Robin Field"><meta property="article:published_time" content="2026-03-04T09:00:00Z">
<meta name="keywords" content="Data, Python"><style>p {{ color: red }}</style></head>
<body><header><h1>Example Blog</h1></header><nav><ul><li>Home</li><li>About</li></ul></nav>
<main><article><h1>{TITLE}</h1>
<p onclick="alert(1)">One engineer <b>lays</b> the pipes 【12†source】and another teaches.</p>
<h2><strong>What is a Data Engineer?</strong></h2><ul><li>building</li><li>cleaning</li></ul>
<table><thead><tr><td>Tool</td><td>For</td></tr></thead><tbody><tr><td>Airflow</td><td>order</td></tr></tbody></table>
<h4>Too deep</h4><p>Text.</p><img src="https://example.org/x.png" alt="A map">
<a href="javascript:alert(1)">press</a></article></main><footer>All rights reserved</footer></body></html>"""

_ITEM = "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>{mark}{text}<o:p></o:p></p>"
_BULLET = (
    "<![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt \"Times New "
    "Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
)


def word_item(text, level=1, mark=_BULLET):
    return _ITEM.format(level=level, mark=mark, text=text)


WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--><style>p.MsoNormal {{margin:0cm}}</style></head>
<body lang=EN-GB><div class=WordSection1><p class=MsoTitle>{TITLE}<o:p></o:p></p>
<p class=MsoNormal>By Robin Field<o:p></o:p></p>
<p class=MsoNormal>One engineer <span style='font-weight:bold'>lays</span> the pipes, and another
teaches.<o:p></o:p></p><h2>What is a Data Engineer?<o:p></o:p></h2>
{word_item("building")}{word_item("in SQL", level=2)}{word_item("cleaning")}
<p class=MsoNormal>Between.</p>
{word_item("first", mark="1.&nbsp;&nbsp; ")}{word_item("second", mark="2.&nbsp;&nbsp; ")}
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Tool</b></p></td><td><p class=MsoNormal><b>For</b></p></td></tr>
<tr><td><p class=MsoNormal>Airflow</p></td><td><p class=MsoNormal>order</p></td></tr></table>
<p class=MsoNormal><b>In short</b></p><p class=MsoNormal>Both are needed.</p></div></body></html>"""
