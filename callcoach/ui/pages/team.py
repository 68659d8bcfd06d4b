"""team."""

import streamlit as st

st.header("team")
