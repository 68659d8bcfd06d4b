"""The words by which a question is known: closed classes of English, and patterns over plain words."""

from __future__ import annotations

from callcoach.measure.language import any_of, word_set

BE = word_set("is are am was were isn't aren't wasn't weren't")
DO = word_set("do does did don't doesn't didn't")
HAVE = word_set("have has had haven't hasn't hadn't")
MODAL = word_set("can could will would shall should might must can't couldn't won't wouldn't shouldn't")
AUX = BE | DO | HAVE | MODAL
ASKING, STATING = DO | MODAL, BE | HAVE
PRONOUN = word_set(
    "i you we they he she it that this these those there anyone anybody everyone everybody someone y'all"
)
SUBJECT = PRONOUN | word_set(
    "the a an your our their his her my any all both people most some each either one"
)
WH = word_set("what which who whom whose when where why how")
WH_SHORT = word_set(
    "what's how's who's where's when's why's what're who'd what'd where'd how'd what'll who'll"
)
LEAD = word_set(
    """so and but or well okay ok right yeah yes yep now um uh er erm hmm mm alright great because then just oh hey hi
    hello no sure actually sorry please first also cool perfect thanks lovely good fine anyway basically maybe again"""
)
JOINTS = word_set("so and but okay ok right well now um uh er erm yeah alright")
EMBEDS = word_set(
    """know knows see sees understand wonder is that's was me us about of on exactly just matter whatever sure
    remember tell ask show say explain realise realize depends care decide"""
)
QUANTITY = word_set(
    """many much long often far soon big large old quickly fast well easy hard likely important confident happy
    comfortable close late early high low bad frequently useful different difficult painful regularly"""
)
SUBJECT_VERBS = word_set(
    """happens happened makes made brought prompted led drives drove changed caused stops stopped goes went gets got
    keeps kept else about if matters works worked worries bothers frustrates annoys"""
)
WHO_VERBS = word_set(
    """else decides signs owns handles runs holds needs gets uses makes pays approves looks does takes leads manages
    sits gives sees checks cares loses wins files writes"""
)
NO_RELATIVE = word_set(
    """means is was are were has had makes brings leads gives then also i we you they it he she i'd i'm i've
    we've you've they've we're they're"""
)

IMPERATIVE = any_of(
    r"tell (me|us) (a (bit|little|lot) )?(more|about|how|what|why|where|who|when)",
    r"(walk|talk|take|run) (me|us) through",
    r"help (me|us) understand",
    r"describe (your|the|how|what|a|for|to)",
    r"give (me|us) (an example|a sense|an idea|a feel|a picture)",
    r"explain (to me |to us )?(how|what|why)",
    r"say (a bit |a little )?more",
    r"paint (me|us) a picture",
)
INDIRECT = any_of(
    r"i (was|am|'m|were) (just )?wondering (if|whether|how|what|when|who|why|where)",
    r"i'm (just )?wondering (if|whether|how|what|when|who|why|where)",
    r"i wonder (if|whether) (you|we|i|there)",
    r"i'm (just |really )?curious (how|what|why|whether|if|about|who|where|when)",
    r"(can|may) i (just )?ask",
)
FRAGMENT = any_of(
    r"any (chance|idea|thoughts|questions|concerns|other|update|plans|preference|reason|reservations|feedback)",
    r"(anything|anyone|anybody|who|what|where|how) else",
    r"anything (you|to|missing|i|we)",
    r"such as",
    r"like what",
    r"how so",
    r"how come",
    r"why not",
    r"how about",
    r"what about",
    r"what if",
    r"meaning",
)
TAG_END = any_of(
    r"(is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|should)n't (it|you|they|that|there|we|he|she|i)$",
    r"(won't|can't) (it|you|they|that|there|we|he|she)$",
    r"(is that|am i|have i got that|did i get that) (right|correct|fair)$",
    r"or not$",
)
TAG_ONLY = any_of(
    r"^(so |and |okay |but )?(right|yeah|yes|yep|okay|ok|no|correct|huh|eh|alright|all right|you know|you see|really)$",
    r"^((does|did|is) )?(that|this|it|what i'm saying)? ?(make|makes|making) sense( to you| so far| or not)?$",
    r"^(you know what i mean|see what i mean|know what i mean|fair enough|with me( so far)?|get it|got it)$",
    r"^(is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|should|won't|can't)(n't)? "
    r"(it|you|they|that|we|he|she|i)$",
)
TAG_WORDS = word_set("right correct yeah yes no okay ok huh eh")
NOT_TAG_BEFORE = word_set("that's you're is are all alright get got it was be quite not the say about just")
STATES = word_set("you you're you've your it's that's they they're there's we i he she it so and but then")
ASKS_NOUN = BE | DO
IMPERATIVE_STARTS = word_set("tell walk talk take run help describe give explain say paint")
FRAGMENT_STARTS = word_set("any anything anyone anybody such like meaning")
AFTER_CLEFT = word_set("that to the we a an i you they not it because when how our your if this there it's")
PERSONAL = word_set("you we they i")
AFTER_DO = PERSONAL | word_set("these those people any all both your most our the")
ORDERED = word_set("the all both our your any")
ECHOES = word_set("and so but neither nor")
AFTER_HAVE = PERSONAL | word_set("these those")
BLOCKS = (
    PRONOUN
    | MODAL
    | WH
    | word_set(
        "to so neither nor as than if whatever i'll we'll you'll they'll i'd we'd they'd not never always only all who"
    )
)
