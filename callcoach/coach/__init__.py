"""What a person does with scorecards: titles they recognise, what to keep and what to try."""
