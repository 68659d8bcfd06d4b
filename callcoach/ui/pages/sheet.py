"""sheet."""

import streamlit as st

st.header("sheet")
