"""What an editor has on the clipboard: an article drafted elsewhere, as HTML, with the faults of its kind."""

TITLE = "Building with models or training them: two AI roles compared"
HASHTAGS = (
    "#Java #Python #Programming #Software #Architecture #AI #ArtificialIntelligence #genai "
    "#machinelearning #ml #career #generativeai"
)
SPELLINGS = HASHTAGS.replace("#", "").split()

HTML = """<meta charset="utf-8">
<h1>Building with models or training them</h1>
<p style="color:#333"><span style="font-weight:400">One engineer trains a model on data until it predicts
well. The other takes a trained model and builds something people can talk to.</span></p>
<h2>What the machine learning engineer does</h2>
<p>Most weeks hold four kinds of work:</p>
<ul><li><p>training models</p></li><li><p>preparing data and features</p></li>
<li><p>measuring and improving accuracy</p></li><li><p>bringing pipelines into production</p></li></ul>
<h2>What the generative AI engineer does</h2>
<p>Here the model arrives finished. The work is <b>retrieval</b>, prompts, agents and the limits
put on them.</p>
<h2>What to learn first</h2>
<table><tbody><tr><th><p>Subject</p></th><th><p>Generative AI</p></th><th><p>Machine learning</p></th></tr>
<tr><td><p>Python</p></td><td><p>every day</p></td><td><p>every day</p></td></tr>
<tr><td><p>Statistics</p></td><td><p>enough to measure</p></td><td><p>in depth</p></td></tr></tbody></table>
<script>alert("pasted")</script>
<h2>Which one to choose</h2>
<p>Choose training if you enjoy making a model better. Choose building if you would rather see it used.</p>"""
