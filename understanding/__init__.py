"""How a patient's message becomes a question that the fact store can answer.

Pure logic: nothing here imports Rasa. The graph components in
``nlu_components/`` are thin wrappers around these modules.
"""
