import pytest
from hypothesis import given
from hypothesis import strategies as st

from website.search import words

ANYTHING = st.text(max_size=300)


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("C#", "csharp"),
        ("F#.", "fsharp"),
        ("C++17", "cplusplus"),
        ("(C/C++)", "cplusplus"),
        (".NET", "dotnet"),
        ("ASP.NET", "aspnet"),
        ("ASP.NET", "dotnet"),
        ("Node.js", "nodejs"),
        ("Vue.js,", "vuejs"),
        ("Security+", "securityplus"),
        ("Security+", "securiti"),
        ("AIP-C01", "aipc01"),
        ("AIP-C01", "c01"),
        ("CI/CD", "cicd"),
        ("R&D", "rd"),
        ("Größe", "gross"),
        ("O’Reilly", "oreilli"),
    ],
)
def test_a_technical_name_is_a_word_of_its_own(text, token):
    assert token in words.index_words(text).split()


def test_a_name_with_a_sign_is_not_the_name_without():
    assert "c" not in words.index_words("C# and F#").split()
    assert "net" not in words.index_words(".NET").split()


def test_a_slash_stands_between_two_words():
    assert words.index_words("TensorFlow/PyTorch").split()[:2] == ["tensorflow", "pytorch"]


def test_the_hash_of_a_hashtag_and_an_issue_number_mean_nothing():
    assert words.index_words("#Python issue#5") == "python issu 5"


def test_words_keep_their_order_so_that_phrases_hold_and_joined_forms_follow():
    assert words.index_words("The AIP-C01 exam") == "the aip c01 exam aipc01"


@pytest.mark.parametrize(
    "family",
    [
        ["engineer", "Engineers", "engineering", "engineer's", "ENGINEER’S", "engineered"],
        ["LLM", "LLMs", "llm's"],
        ["GPU", "GPUs"],
        ["API", "APIs"],
        ["VM", "VMs"],
        ["technology", "technologies"],
        ["cookie", "cookies"],
        ["database", "databases"],
        ["code", "codes", "coding", "coded"],
        ["run", "running", "runs"],
        ["price", "prices", "pricing", "priced"],
        ["certify", "certified", "certifies", "certification", "certifications"],
        ["class", "classes"],
        ["process", "processes", "processing"],
        ["install", "installs", "installing", "installed"],
        ["model", "models", "modelling", "modeling", "modelled"],
        ["organisation", "organizations"],
        ["optimise", "optimized", "optimising", "optimizes"],
        ["embedding", "embeddings", "embedded"],
        ["naïve", "naive", "NAI\u0308VE"],
        ["soft\u00adware", "software"],
    ],
)
def test_one_family_of_words_is_one_word(family):
    assert len({words.index_words(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AWS", "aw"),
        ("IT", "I"),
        ("string", "str"),
        ("need", "ne"),
        ("car", "care"),
        ("C", "C#"),
        ("Java", "JavaScript"),
    ],
)
def test_what_only_looks_alike_stays_apart(one, other):
    assert words.index_words(one) != words.index_words(other)


def test_neighbours_in_a_title_are_also_found_joined():
    assert "machinelearn" in words.index_words("Machine Learning Engineer", joins_neighbours=True).split()
    assert "machinelearn" not in words.index_words("Machine Learning Engineer").split()


def test_a_name_has_one_key_however_it_is_spelt():
    assert words.key("AIP-C01") == words.key("aip c01") == words.key("aipc01")


def test_the_words_of_a_query_are_all_wanted():
    query = words.parse("python data")

    assert [term.phrases[0] for term in query.terms] == [("python",), ("data",)]
    assert not query.is_shortened


def test_quotes_make_a_phrase_and_a_minus_leaves_out():
    phrase, without, gone = words.parse('"machine learning" -python -"big data"').terms

    assert phrase.phrases == (("machin", "learn"),)
    assert without.is_excluded
    assert without.phrases == (("python",),)
    assert gone.is_excluded
    assert gone.phrases == (("big", "data"),)


def test_curly_quotes_are_quotes():
    assert words.parse("“machine learning”").terms == words.parse('"machine learning"').terms


def test_an_unclosed_quote_is_no_quote():
    assert words.parse('"machine learning').terms == words.parse("machine learning").terms


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', '""', "-", '-""', "( * ^ :", "\x00", "\ud800", "🚀", "…", "+", "#"]
)
def test_a_query_without_words_wants_nothing(typed):
    assert words.parse(typed).wanted == ()


@pytest.mark.parametrize(
    "typed", ["NEAR(python)", "^python", "python:", "python\x00", "(python", "{title} : python"]
)
def test_the_operators_of_databases_are_only_words_or_nothing(typed):
    assert ("python",) in [term.phrases[0] for term in words.parse(typed).wanted]


def test_only_leaving_out_wants_nothing():
    assert words.parse("-python").wanted == ()


def test_stop_words_go_unless_nothing_else_is_there():
    assert [term.raw for term in words.parse("how to work in IT").terms] == ["work", "it"]
    assert [term.raw for term in words.parse("to be or").terms] == ["to", "be", "or"]
    assert words.parse('"how to"').terms[0].phrases == (("how", "to"),)


def test_a_hyphenated_word_is_its_parts_in_a_row_or_joined():
    assert words.parse("aip-c01").terms[0].phrases == (("aip", "c01"), ("aipc01",))


def test_a_marked_name_is_not_its_bare_word():
    assert words.parse("Security+").terms[0].phrases == (("securityplus",),)


def test_neighbouring_words_may_be_met_joined():
    machine, learning = words.parse("machine learning").terms

    assert ("machinelearn",) in machine.phrases
    assert ("machinelearn",) in learning.phrases


def test_a_star_begins_a_word():
    (term,) = words.parse("learnin*").terms

    assert term.prefix == "learnin"
    assert ("learn",) in term.phrases  # learning, of which learnin is the beginning, is indexed as learn


@pytest.mark.parametrize("begun", ["certif", "certific", "certificat", "certificatio"])
def test_a_begun_word_meets_the_stem_it_grows_into(begun):
    (term,) = words.parse(f"{begun}*").terms

    assert ("certifi",) in term.phrases or "certifi".startswith(term.prefix)


@pytest.mark.parametrize(
    "typed", ["data engineer", "data engineers -aws", '"data engineer"', "Data-Engineer"]
)
def test_the_name_asked_for_is_what_is_wanted_of_the_query(typed):
    assert words.parse(typed).key.replace("dataengineer", "x") == "x"


def test_widening_takes_the_last_word_for_a_beginning():
    first, last = words.parse("machine learn").widened().terms

    assert not first.prefix
    assert last.prefix == "learn"


@pytest.mark.parametrize("typed", ["", "python -java", '"machine learning"', "c"])
def test_what_has_no_begun_word_is_not_widened(typed):
    assert words.parse(typed).widened() == words.parse(typed)


@pytest.mark.parametrize(
    "typed",
    ["word " * 1000, "x" * 100_000, "a-" * 50_000, '"one two ' * 500, "a.b/c" * 20_000, "-x" * 50_000],
)
def test_a_very_long_query_is_cut_and_says_so(typed):
    query = words.parse(typed)

    assert query.is_shortened
    assert sum(len(term.phrases[0]) for term in query.terms) <= words.MAX_WORDS
    assert len(query.text) <= words.MAX_CHARACTERS


def test_twelve_words_are_not_too_many():
    assert not words.parse(" ".join(f"word{n}" for n in range(12))).is_shortened


def test_a_shortened_phrase_keeps_its_first_words():
    phrase = " ".join(f"w{n}" for n in range(20))

    assert words.parse(f'"{phrase}"').terms[0].phrases == (tuple(f"w{n}" for n in range(12)),)


def test_a_word_without_end_is_cut_alike_in_index_and_query():
    assert words.index_words("x" * 500) == words.parse("x" * 300).terms[0].phrases[0][0]


def test_a_field_without_end_is_cut():
    assert len(words.index_words("word " * 500_000)) <= words.MAX_INDEXED


@given(ANYTHING)
def test_every_word_is_letters_and_digits(text):
    assert all(word.isalnum() for word in words.index_words(text).split())


@given(ANYTHING)
def test_a_query_of_anything_is_made_of_safe_words(text):
    for term in words.parse(text).widened().terms:
        assert all(word.isalnum() for phrase in term.phrases for word in phrase)
        assert term.prefix == "" or term.prefix.isalnum()


@given(ANYTHING)
def test_clean_text_can_be_stored_and_sent(text):
    clean = words.clean(text + "\ud800\x00")

    assert "\x00" not in clean
    assert clean.encode()


@given(st.from_regex(r"[A-Za-z]{1,15}", fullmatch=True))
def test_what_was_indexed_is_found_by_itself_and_by_its_beginning(word):
    indexed = words.index_words(word)
    (term,) = words.parse(f'"{word}"').terms
    begun = words.Term(((indexed,),), raw=words.fold(word)).begun()

    assert term.phrases == ((indexed,),)
    assert len(word) < 2 or indexed.startswith(begun.prefix) or (indexed,) in begun.phrases
