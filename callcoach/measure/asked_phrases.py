"""More words of questions about what a problem leads to and who has a stake, beside `question_forms`."""

from __future__ import annotations

from callcoach.measure.language import any_of

_IT = r"(that|this|it|those|these|they|all that|all this|all of that|having \w+( \w+){0,5}|\w+ing( \w+){0,4})"
_GOES = r"(happening|going|doing|suffering|slipping|waiting|missing|costing|paying|staying|working|losing|turning|falling)"

EFFECTS = any_of(
    rf"(what|who|where)('s|s)?( \w+)? (ends? up|winds? up|finish(es)? up|keeps?|starts?|stops?) {_GOES}( \w+)*",
    r"what( \w+){0,3} (ends? up|winds? up) (with|as|in|on|late|lost|short|\w+ed)( \w+)*",
    rf"what('s|s| is| are| was|'s all) {_IT} (\w+ )?(costing|doing|meaning|taking|eating|adding up|leading|causing|worth|leaving)( \w+)*",
    r"how (far|deep|long|wide|often|badly|hard) (does|do|did|has|will) (that|this|it|they)( \w+)? (reach|go|spread|run|ripple|set|hit|carry|hurt|bite|knock|hold|throw|push)( \w+)*",
    r"(how much|how many|what)( [\w']+){0,4} (do|does|did|have|has|are|would|is)( you| they| your \w+| the \w+| it| that)?( \w+)? (lose|losing|lost|miss|missed|missing|waste|wasting|wasted|turn away|turned away|turning away|write off|written off|throw|thrown|refund\w*|hand back|walk\w*|drop\w*|cancel\w*|give up|set you back|run to|add up to|adding up to|come to|amount to|eat\w*|go up in smoke)( \w+)*",
    r"(how (much|many)|what|where|which)\b.{0,70}\b(because of|due to|as a result of|on account of|thanks to|off the back of|owing to) (it|that|this|them|those|these|the \w+|having \w+)( \w+)*",
    rf"does {_IT} (ever |also |actually |then |sometimes )*(mean|lead|cost|cause|make|stop|push|put|hurt|hit|slow|delay|leave|show up|spill|upset|affect|touch|reach|get in the way|get back|come back|land|turn|drag|eat|hold|keep|knock|set)( \w+)*",
    rf"(if|when|while|as long as|every time|each time) {_IT} (carries on|goes on|keeps|continues|stays|happens|doesn't|isn't|gets|drags|runs)\b.{{0,50}}\b(what|where|how|who)( \w+)+",
    r"what (do|does|did|would) (you|they|people|your \w+|the \w+) (\w+ )?(end up|have to|resort to|do) (do|doing|\w+ing|then|instead|when|while|in the meantime|meanwhile)( \w+)*",
    r"what (gets|goes|is|ends up|has been|'s been) (\w+ )?(dropped|undone|left|neglected|late|missed|lost|forgotten|skipped|put off|pushed back|held up|delayed|squeezed|wasted)( \w+)*",
    r"how (do|does|did|would|are|is) (customers|people|staff|guests|patients|clients|parents|members|drivers|tenants|residents|they|the \w+|your \w+)( \w+)? (take|taking|like|feel|react|reacting|respond|cope|coping|see|find|put up)( \w+)*",
    r"(who|what|which \w+) (else )?(pays|suffers|bears|feels|catches|cops|takes) (the (price|brunt|hit|heat|flak|pressure|cost)|it|for it|that|most|worst|first)",
    r"(what's|what is|whats) (the )?(price|toll|damage|fallout|downside|upshot|worst|knock on|result|outcome|bill|cost|risk)( \w+)*",
)
"""A question for what something leads to."""

OF_OURS = any_of(
    r"(our|ours|my) (new |latest |own )?(?!(call|chat|meeting|conversation|last|time|talk)\b)\w+|(the|this) (new )?(dashboard|feature|platform|release|module|app|screen|report|tool|button|version|brochure)"
)
"""A question about the own product asks for no consequence of a problem."""

PEOPLE = any_of(
    r"whose (say-?so|blessing|permission|approval|nod|okay|ok|go-?ahead|sign-?off|yes)( [\w']+)*",
    r"(anyone|anybody|someone|somebody|who|who's|who'll)( [\w']+){0,4} (dig|digs|digging|dug) (their|his|her) heels( \w+)?|(who|anyone|anybody|that person|they|he|she)( \w+){0,3} (mind|minds|hate|hates|resent|resents) (seeing|losing) (it|this|that|the \w+)( \w+)?",
    r"(shuffl\w+|chang\w+|re-?org\w*|restructur\w+|moves|comings and goings)( about| around)? (in|on|within|at) your (team|department|side|end|board|office)( [\w']+)*",
    r"(would|is|should|might|could|will) (it|that|there)?( be)? ?(make sense|worth|any (sense|point|use|merit) in|helpful|useful|good|handy|an idea|wise|smart|sensible|worthwhile)( for us| to| if we)? ?(having|have|bringing|bring|getting|get|inviting|invite|including|include|adding|add|looping|loop|pulling|pull|involving|involve|asking|ask|had|brought|got) (in )?(anyone|anybody|someone|somebody|your \w+|the \w+|one of|any of|\w+ from)( [\w']+)*",
    r"(should|shall|could|can|do|ought) (we|i|you) (\w+ )?(bring|get|include|invite|loop|pull|involve|have|add|rope) (in )?(anyone|anybody|someone|somebody)( else)?( [\w']+)*",
    r"(has|have|did|is|are|will) (anyone|anybody|someone|somebody|any (new|other) \w+|there any(one|body)?|any of (the|your) \w+)( \w+){0,2} (joined|joining|come|arrived|changed|moved|taken|taking|left|started|new|affected|involved|against|opposed|keen|unhappy|nervous|worried|upset|need|needs|want|wants|say|object|mind|lose|losing|feel)( \w+)*",
    r"(who|who'd|who'll|whose|anyone|anybody|somebody|someone)( [\w']+){0,8} (an opinion|opinions|a view|views on|a stake|a say|strong feelings|feelings about|thoughts on|something to say|a voice|their say|a word|input|a veto|a hand in|skin in|kick up|put (his|her|their) foot|has to live with|have to live with|live with it|use it every|working with it|inherit|left out|in the room|at the table|be there|come along|on (the|our) next call|in on this|bring in|bring along)( \w+)*",
    r"(who|who else|anyone|anyone else)( \w+){0,4} (gets?|is|has|be|being|need|needs) (\w+ )?(pulled|dragged|brought|called|roped|dropped|looped|hit|caught|told|rung|phoned|woken|involved|in) ?(in|into|up|out|by)?( \w+)*",
    r"(new|different|other) (faces|people|boss|manager|names) (\w+ ){0,4}(since|on|at|who|involved|we should)",
    r"(who|anyone|anybody)( [\w']+){0,5} (besides|apart from|other than|aside from|beyond|alongside|as well as) (you|yourself|yourselves|the two of you|him|her)( \w+)*",
)
"""A question for others with a stake."""
