"""archive."""

import streamlit as st

st.header("archive")
