"""me."""

import streamlit as st

st.header("me")
