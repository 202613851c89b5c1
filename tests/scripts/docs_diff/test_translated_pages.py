"""Pages in other languages, copied as text, say the same as the English one: they are read by their structure."""

from collections.abc import Callable

import pytest

from docs_diff import origins
from docs_diff.ours import Ours
from krea_client.cli.document_diff.operation_facts import Unreadable

from .conftest import Differences

Page = Callable[..., str]
Judged = Callable[..., Differences]

# The words of the English page of the lamp, as translations have them; nothing else of a page is translated.
GERMAN = {
    "Skip to main content": "Zum Hauptinhalt springen",
    "Pricing": "Preise",
    "Fixed prices.": "Feste Preise.",
    "Price: $0.02 per request": "Preis: $0.02 pro Anfrage",
    "The aliases below still work.": "Diese Namen gelten noch.",
    "DeprecatedUse insteadAccepted until": "VeraltetStattdessenGültig bis",
    "Authorizations": "Autorisierungen",
    "Headers": "Kopfzeilen",
    "Body": "Rumpf",
    "Response": "Antwort",
    "required": "erforderlich",
    "default:": "Standard: ",
    "Available options:": "Verfügbare Optionen:",
    "Required range:": "Erlaubter Bereich:",
    "Required string length: 2 - 90": "Erforderliche Zeichenlänge: 2 - 90",
    "Required array length: 1 - 4 elements": "Erforderliche Array-Länge: 1 - 4 Elemente",
    "Maximum array length: 3": "Maximale Array-Länge: 3",
    "Show child attributes": "Untergeordnete Attribute anzeigen",
    "The lamp as it is now.": "Die Lampe, wie sie jetzt ist.",
    "The glass. One of: clear, 16:9, amber.": "Das Glas. Eines von: clear, 16:9, amber.",
    "Colour of the light in degrees.": "Farbe des Lichts in Grad.",
    "A token, said in front of the lamp.": "Ein Token, vor der Lampe gesprochen.",
    "Where to send word when the lamp is lit.": "Wohin die Nachricht geht, wenn die Lampe brennt.",
}
JAPANESE = {
    "Skip to main content": "メインコンテンツへスキップ",
    "Pricing": "料金",
    "Fixed prices.": "固定料金です。",
    "Price: $0.02 per request": "料金: リクエストあたり $0.02",
    "The aliases below still work.": "次の名前はまだ使えます。",
    "DeprecatedUse insteadAccepted until": "非推奨代わりに使用受付終了日",
    "Authorizations": "認可",
    "header": "ヘッダー",
    "Headers": "ヘッダー",
    "Body": "ボディ",
    "Response": "レスポンス",
    "required": "必須",
    "default:": "デフォルト:",
    "Available options:": "利用可能なオプション\uff1a",
    "Required range:": "必須範囲:",
    "Required string length: 2 - 90": "必須文字列長: 2 - 90",
    "Required array length: 1 - 4 elements": "必須配列長: 1 - 4 要素",
    "Maximum array length: 3": "最大配列長: 3",
    "Show child attributes": "子属性を表示",
    "The lamp as it is now.": "現在のランプです。",
    "The glass. One of: clear, 16:9, amber.": "ガラス。次のいずれか: clear, 16:9, amber。",
    "Colour of the light in degrees.": "光の色、度で。",
    "A token, said in front of the lamp.": "ランプの前で言うトークン。",
    "Where to send word when the lamp is lit.": "ランプが点いたときの知らせ先。",
}


def translated(text: str, words: dict[str, str]) -> str:
    lines = []
    for line in text.split("\n"):
        whole = words.get(line, line)
        if whole == line:
            start = next((english for english in words if english.endswith(":") and line.startswith(english)), "")
            whole = words[start] + line.removeprefix(start) if start else line
        lines.append(whole)
    return "\n".join(lines)


@pytest.mark.parametrize("words", [GERMAN, JAPANESE], ids=["German", "Japanese"])
class TestTranslatedPage:
    def test_it_says_what_the_english_page_says(
        self, page: Page, differences_of: Judged, words: dict[str, str]
    ) -> None:
        english = page("lantern.txt")
        text = translated(english, words)
        assert text.splitlines()[0] != english.splitlines()[0]
        assert differences_of(text) == differences_of(english)

    @pytest.mark.parametrize(
        "edit",
        [
            ("default:30", "default:31"),
            ("x <= 360", "x <= 300"),
            ("2 - 90", "2 - 80"),
            ("1 - 4 elements", "1 - 5 elements"),
            ("Maximum array length: 3", "Maximum array length: 2"),
            ("clear,\n16:9,\namber", "clear,\n16:9"),
            ("lamp_oil\nstring\nrequired", "lamp_oil\nstring"),
            ("wicks.colour\nstring", "wicks.colour\nnumber"),
            ("foldable\nboolean", "portable\nboolean"),
            ("burnerwicks2030-06-01", "burnerwicks2031-06-01"),
            ("$0.02", "$0.03"),
        ],
    )
    def test_each_change_is_told_as_on_the_english_page(
        self, page: Page, differences_of: Judged, words: dict[str, str], edit: tuple[str, str]
    ) -> None:
        english = page("lantern.txt", edit)
        expected: Differences = differences_of(english)
        translation = dict(words)
        for line, translated_line in words.items():
            if edit[0] in line:
                translation[line.replace(*edit)] = translated_line.replace(
                    *(part.rpartition(":")[2].removesuffix(" elements") for part in edit)
                )
        assert expected
        assert [row[:2] for row in differences_of(translated(english, translation))] == [row[:2] for row in expected]


def test_pages_of_both_hosts_are_asked_for_as_markdown() -> None:
    assert origins.text_address("https://docs.krea.ai/api-reference/image/flux").endswith("/image/flux.md")
    assert origins.text_address("https://www.krea.ai/docs/ja/api-reference/image/flux").endswith(
        "/ja/api-reference/image/flux.md"
    )
    for other in ("https://docs.krea.ai/llms.txt", "https://api.krea.ai/openapi.json", "https://docs.krea.ai/a/b.md"):
        assert origins.text_address(other) == other


def test_a_page_without_structure_is_named(own_spec: Ours) -> None:
    with pytest.raises(Unreadable, match="neither a reference page"):
        origins.understood("page", "メインコンテンツへスキップ\n\n何もありません", own_spec.aliases)
