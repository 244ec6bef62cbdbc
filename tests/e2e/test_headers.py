"""The browser's own opinion of the policy."""


def test_the_admin_login_breaks_no_rule_of_its_policy(page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto("/admin/")

    assert page.get_by_label("Username").is_visible()
    assert [text for text in complaints if "Content Security Policy" in text] == []
