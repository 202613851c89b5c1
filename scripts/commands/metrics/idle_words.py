"""Words that say nothing about the value that a variable holds: pronouns, and participles without their noun.

`found` may be anything; `matches` is known. Left out on purpose: participles that are the field's own terms for a value or a state
(parsed, encoded, expected, cached, closed, failed, completed, accepted), and those that are also a noun or an order (read, set, run,
cut, put, bound).
"""

_PRONOUNS = """
one ones other others another it its itself they them their theirs he she him her his hers we us our ours you your yours mine my this
that these those such same both each either neither any anything anybody some something somebody somewhere none nothing nobody
everything everybody every all many few several most rest remainder half who whom whose what which whatever whichever thing things stuff
whole
"""
_PARTICIPLES = """
asked begun bought broken brought built called carried caught chosen counted dealt done drawn driven eaten fallen felt followed
forgotten fought found given gone got gotten grown had handed heard held hidden judged kept known laid learned led left lent looked lost
made marked meant mentioned met moved named needed offered owed owned paid passed picked placed played pointed promised proved
reached remembered returned said seen sent shown sold sought spent spoken spoilt stated stolen stood struck sunk swept taken taught
thought thrown told touched tried turned understood used walked wanted watched woken won worn written
"""
IDLE_WORDS = frozenset((_PRONOUNS + _PARTICIPLES).split())
