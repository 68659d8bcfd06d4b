"""The coaching page: pages place, views say, components play. Streamlit lives in this folder only."""
