"""The entry of the coaching page: a picture frame.

``streamlit run app.py`` finds the application below and serves it with the route that plays
recordings; Streamlit then runs this same file once per visit and click, to draw the page.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from streamlit.starlette import App

    from callcoach.ui.frame import say_failure
    from callcoach.ui.media import ROUTES

    app = App(__file__, routes=ROUTES, on_script_error=say_failure)
else:
    from callcoach.ui.frame import draw

    draw()
