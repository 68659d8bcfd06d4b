"""Figures against labelled data, with intervals: what callcoach gets right, and how sure that is."""
