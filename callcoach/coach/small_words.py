"""Small words of English, by what they do where a call is quoted."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FILLERS = _set("um uh er erm ah hmm mm mhm uh-huh mm-hm")
OPENERS = FILLERS | _set("well and or but because oh so then")
"""Left out where a quote begins."""

PAUSED_OPENERS = _set(
    "yeah yes yep no okay ok like right honestly look frankly actually basically sure cheers thanks hi hello "
    "morning exactly precisely anyway ja aye ach nah true fair"
)
"""Left out only with a pause after them: "no, we do" against "no one does"."""

SPLITS = _set("and but so because which while although though or when if where until unless")
DANGLING = _set("and but so because which or the a an my our your as if when than") | FILLERS
"""Never the end of what somebody said."""
CLOSERS = DANGLING | _set("of to in on at for with that")
"""Left out where a quote is cut off after them."""
FIRST = _set("i i'm i've i'd i'll we we're we've we'd we'll me my mine us our ours myself ourselves")
SECOND = _set("you your yours you're you've you'd you'll yourself let's")
TO_SECOND = {
    "i": "you",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "am": "are",
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "we'd": "you'd",
    "we'll": "you'll",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "us": "you",
    "our": "your",
    "ours": "yours",
    "myself": "yourself",
    "ourselves": "yourselves",
}
POLITE = _set("please thanks thank sorry hello hi bye cheers goodbye")
SMALL = _set(
    "a an the i we you he she it they this that these those there my our your his her its their me us "
    "him them who what which when where why how if and or so because as than then is are was were be "
    "been am do does did have has had will would can could may might must shall should not no nor of to "
    "in on at for with from by about into over under after before up down out off just only very too "
    "really quite all some any every each both more most much many one ones thing things way time times "
    "day lot bit got get gets going go goes went come comes know think mean say said see look like want "
    "need make makes made it's that's there's don't doesn't didn't isn't can't won't"
)
ARTICLES = _set("the a an our my your their")
VAGUE = _set(
    "same other others rest best worst first second third last next least most lot bit few couple kind "
    "sort way thing things time times day days moment end start part point case fact matter reason one "
    "ones people person minute minutes hour hours week weeks month months year years number while little "
    "good bad right wrong whole main only new old big small long short idea pair touch minimum maximum "
    "question answer call conversation second half quarter go look word words chance guess bunch load "
    "ton back front top bottom side middle mess pain nightmare joke laugh shame pleasure hell hurry favour favor note no-brainer "
    "hundred thousand million dozen wife husband father mother brother sister daddy mammy boss girl lady"
)
AFTER_NOUN = _set(
    "is are was were has have had will would can could may might must isn't aren't wasn't doesn't didn't "
    "won't can't in on at to for with from by and or but when if because so that which who where then it "
    "we they he she i you after before until without about into over does did do never always already "
    "still again every each as than while since"
)
NAME_STOP = _set("speaker customer agent rep caller unknown left right client user guest")

NUMBER_WORDS = _set(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty "
    "hundred thousand million half dozen twice percent"
)
ASKERS = _set(
    "who what which when where why how whose do does did is are was were can could would will should may have "
    "has tell walk talk show"
)
NO_ECHO = _set(
    "who what which where why how whose do does did can could would should may if than as let now just send give "
    "tell show ring put"
)
NEGATIONS = _set("no not nor never cannot can't won't don't")
DELICATE = _set(
    "died dies dying death dead funeral widow widower passed grief cancer tumour stroke miscarriage divorce "
    "divorced suicide overdose bereaved hospice chemo"
)
"""Nobody offers a line that takes these up."""
PRONOUNS = _set("i we you he she they it")
STEP_WORDS = _set(
    "i'll we'll will let's call ring phone send mail email meet meeting speak visit bring book tomorrow today "
    "tonight monday tuesday wednesday thursday friday saturday sunday week"
)
"""One of these is in any words that undertake a step."""
TAKES_BACK = _set("but though although unless except")
"""What was said before one of these is not the whole of it."""
SUPPOSES = _set("if unless")
"""What is said in a sentence with one of these is not said to be so."""
POINTS_BACK = _set("that that's this it it's they they're them those these he she him her one")
WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
DATES = WEEKDAYS | _set(
    "tomorrow tonight january february march april june july august september october november december"
)
