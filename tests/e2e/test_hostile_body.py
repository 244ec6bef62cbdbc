"""What the sanitiser keeps from running by itself: this browser ignores the policy that would stop it too."""

from blog.rendering import render_body
from tests.blog.test_sanitising import HOSTILE
from tests.factories import ArticleFactory, AuthorFactory

MORE = [
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<table background=javascript:alert(1)><tr><td>x</td></tr></table>",
    '<figure onclick="alert(1)"><img src="/static/x.png" onerror="alert(1)" alt="x"></figure>',
    '<pre><code class="language-html">&lt;img src=x onerror=alert(1)&gt;</code></pre>',
    '<careers-block data-kind="role-card" data-ref="x" data-heading="&lt;img src=x onerror=alert(1)&gt;">',
    "<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>",
    '<p title="</p><script>alert(1)</script>">x</p>',
]


def test_nothing_an_author_can_write_runs_in_a_reader_s_browser(new_context, base_url, transactional_db):
    body = "".join(render_body(html).source for html in [*HOSTILE, *MORE])
    article = ArticleFactory(body=body, authors=[AuthorFactory()])
    page = new_context(bypass_csp=True).new_page()
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))

    page.goto(f"{base_url}{article.get_absolute_url()}")
    page.wait_for_load_state("networkidle")

    assert page.get_by_role("heading", name="<script>alert(1)</script>").is_visible()
    assert (
        page.locator("article :is(iframe, object, embed, style, svg script, [onerror], [onclick])").count()
        == 0
    )
    assert ran == []
