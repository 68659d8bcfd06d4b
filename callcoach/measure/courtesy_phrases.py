"""Words of leave asked, reasons for a call, limits owned up to, own praise, and requests for a talk."""

from __future__ import annotations

from callcoach.measure.language import any_of

ASKS_LEAVE = any_of(
    r"(would|will) it (be )?(help|helpful|useful|okay|ok|all right|alright|of use|worth it|any use)( to you| for you)? (if|to) (i|we|me|share|show|tell|hear|give|run|talk|see)( \w+)?",
    r"(is|would) it (be )?(okay|ok|all right|alright|fine|helpful|useful) (with you )?(if|for me to|to)( i| we)? (share|show|tell|ask you|suggest|give|offer|challenge|push back|be (direct|blunt|frank|honest)|talk (about )?(money|price|numbers|you through)|explain|put|say|make|go into|raise|offer|recommend)",
    r"(do|would) you mind (if i|me) (ask|asking|being|sharing|share|suggest|suggesting|push|pushing|challeng\w+|give|giving|tell|telling|be|say|saying|explain|explaining)( \w+)?",
    r"mind if i (share|suggest|push|challenge|be|tell|give|offer|ask you (about|how|why|what)|explain|say)",
    r"(may|can|could|might) i (just )?(share|suggest|offer|make a suggestion|give you|tell you|be (direct|blunt|frank|honest|cheeky)|push back|challenge|ask (you )?(something|a question) (personal|hard|difficult|awkward|direct|blunt|cheeky|about (money|price|budget))|ask (about|how much|what you pay)|put a (number|figure|price)|talk (about )?(money|price|numbers))",
    r"(want|like) me to (share|show|tell|go into|explain|suggest|give|walk|say|talk|run)( \w+)*",
    r"(no|a no) (is|would be) (a |an )?(\w+ )?(fine|okay|ok|perfectly good|good|all right|alright|fair) ?(answer|too|with me)?",
    r"(say|saying|tell me) no( if| is|$)",
    r"(feel free|free|welcome|fine|okay) to (say no|tell me to|stop me|decline|hang up|refuse|pass)",
    r"(if|when) (you('d| would)? (rather|prefer) not|it's (a )?no|that's too (personal|much)|the answer is no)( \w+){0,5} (fine|okay|ok|say|tell|stop|no problem|all right|leave)",
    r"with your permission|if (i|you) (may|'ll let me|will let me|allow me)|if that's (okay|all right|alright|fine) with you",
)
RITUAL_LEAVE = any_of(
    r"(can|could|may|mind if) i (just |quickly )?(ask|pick your brain)( you)?( (something|a (quick )?question|this|one thing|a thing))?$",
    r"(share|sharing|see|hear|record|recording|screen|mute|call you back|speak to|speak with|take your (name|email|number)|have your|get your|put you (on hold|through))( \w+){0,3}$",
)

CALL_REASON = any_of(
    r"(reason|why) (for (my|this|the) (call|ringing|calling)|i('m| am|'d)? ?(call|calling|ring|ringing|phoning|reach\w*|rang|called|phoned|got in touch|contact\w*)|of my call)",
    r"(i'm|i am|i was) (calling|ringing|phoning|reaching out|getting in touch|contacting you|on the phone) (because|since|as|about your|to you because)",
    r"(that's|which is|that is|hence) (why|what made|the reason|my (call|reason)) ?(i|me)?( \w+){0,4}",
    r"(prompted|made) me (to )?(call|ring|phone|reach|get in touch|pick up the phone)",
)
NO_REASON = any_of(
    r"(just|only|simply) (checking in|calling to (say|check|see)|touching base|following up|ringing to|to see (how|if))",
    r"(checking in|touch base|touching base|say hello|see how (you|things))",
)
ABOUT_THEM = any_of(
    r"(you|you've|you're|your)( \w+){0,3} (opened|open|moved|bought|hired|hiring|launched|posted|wrote|said|announced|won|merged|expanded|expanding|took|taken|started|advertis\w+|growing|grew|build\w*|signed|applied|listed|published|mentioned|spoke|running|run|put|lost|changed|use|used|downloaded|asked|came|visited|filled|planning|looking|closed|reported|appointed|joined|got|had|have)",
    r"(i|we) (saw|read|noticed|heard|see|spotted|came across|understand|gather)( that| about| on| in)?( \w+){0,8} (you|your|you've|you're)",
    r"your (\w+ ){1,4}(in|on|at|for|last|this|is|was|are|were|went|came|said)",
)

OWNS_LIMIT = any_of(
    r"(we|it|our \w+|the (system|tool|product|app|platform|software|machine|service)) (don't|doesn't|can't|cannot|won't|isn't|aren't|hasn't|haven't)( \w+){0,3} (do|support|handle|offer|cover|include|have|integrate|run|work|read|make|provide|connect|go|deal|reach|fit|export|import|talk|speak|stretch|built|able|made|got|process|track)( \w+)*",
    r"that('s| is) (something|one thing|where|not (something|a thing|what)|beyond|outside)( \w+){0,3} (we|it) (don't|doesn't|can't|do|cannot|won't|isn't)",
    r"(no|not yet|not today|honestly|sadly|i'm afraid|unfortunately|to be (honest|straight|frank))( \w+){0,2} (we|it) (don't|doesn't|can't|cannot|won't|haven't|isn't)",
    r"(for that|there) you('d| would|'ll| will) (\w+ )?(need|have to|keep|want|be better|use|stay)",
    r"(you'd|you would|you'll) be better (off )?(with|served)|(not|isn't) what (we're|it's) (good at|for|built for|made for)|out of (our|its) (reach|scope|depth)",
)
HEDGES = any_of(
    r"(roadmap|road map|coming soon|in (the )?(next|a later|an upcoming) (release|version)|work ?around|workaround|should be able|might be able|could probably|probably|we could look|look into|i'd have to check|i'll check|let me check|not sure|sort of|kind of|in a way|depends|custom|partner|we'll see|possibly|eventually|planned|working on it)"
)
ASKS_CAPABILITY = any_of(
    r"(can|could|does|do|will|would|is|are|has|have) (it|you|you guys|this|that|your \w+|the \w+|there|they)( \w+){0,6} (do|support|handle|offer|cover|include|have|integrate|run|work|read|make|provide|connect|export|import|talk|speak|sync|link|print|scan|track|manage|cope|allow|let|a way|an option|possible|able|available|compatible|send|show|go|store|calculate|process|deal)",
    r"(is|are) there (a|an|any|some) \w+",
    r"(what|how) about( \w+){1,6}",
)

PRAISES_OWN = any_of(
    r"(very |really |extremely |incredibly |absurdly |exceptionally |frankly |most |so |extraordinarily |unbelievably |truly |more than |ridiculously )+(generous|fair|reasonable|attractive|competitive|unbeatable|great|fantastic|amazing|incredible|sensational|terrific|excellent|superb|outstanding|exceptional) (offer|price|deal|proposal|rate|package|discount|terms|bargain|quote|arrangement|number|figure)",
    r"(our|my|this|the) (offer|price|deal|proposal|rate|quote|terms|package)( is|'s|'re| are) (\w+ )?(more than |very |extremely |really |so |perfectly |incredibly |exceptionally |quite )*(generous|fair|reasonable|unbeatable|a (steal|bargain|gift)|ridiculously)",
    r"(an absolute |a real |a complete |such a |truly a |really a )(steal|bargain|gift|present|no-brainer|no brainer)",
    r"(i'm|we're|i am|we are) (being |already |bending over |)(\w+ )?(generous|more than (fair|reasonable)|very (fair|reasonable|generous)|bending over backwards)",
    r"(nobody|no one|you won't find anyone|you'll never find)( \w+){0,4} (better|fairer|cheaper|this (good|generous)|treats? you)",
    r"(unfair|unreasonable|ridiculous|petty|greedy|ungrateful) (of you|to us|demand|request)",
)

REQUESTS_TALK = any_of(
    r"(show|tell|walk|take|talk|explain|run|give|describe|demonstrate|teach|guide|present|go)( \w+){0,2} (me|us|through|ahead|over|on|it|how|what|the|your)",
    r"(go ahead|go on|please do|carry on|fire away|over to you|the floor is yours|all ears|i'm listening|let's see it|let's hear it|keep going|off you go|shoot)",
    r"(i'd|we'd|i would|we would|would|i want|we want|i|we)( \w+)? (like|love|want|keen) to (see|hear|know|understand|learn|watch|have a look)",
    r"(how|what|why|which|where|when|who) (does|do|is|are|would|will|can|could|did|about|if|happens|'s)",
    r"(can|could|would|will) (you|we) (\w+ )?(show|tell|walk|take|talk|explain|run|give|go|do|see|demo|present|start)",
)
