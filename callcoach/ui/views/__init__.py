"""What pages say, from documents and rows alone: pure, no Streamlit, no store, no clock."""
