"""Masks what identifies a person in a patient's message.

Threat model. Patients type names, numbers and addresses into a question
about their back, although nobody asked. What is typed reaches the tracker,
its database, backups, logs, metrics, staff who read conversations, and whoever
gets at any of these. So it is masked before the first of them sees it, and
nothing of it is kept here either: no log, no cache of texts, no exception
that quotes one. Against us are haste, misspelling, lower case, copied text
with invisible characters, numbers in words; a text made to slow the server
down (every rule's time grows with the text's length and no faster); and our
own zeal: a mask over "T12", "7/10" or "Cobb angle" would change the question.

It does not protect from somebody who wants to be known, from stories that
identify without a name, or from what its lists do not know. The figures, and
what is known to slip through, are in ``docs/privacy.md``. A masked text is not
"de-identified" in the sense of a law.

Rules of our own, no model: the same text always gives the same mask, and each
mask has a rule that can be read. Presidio's recognizers were measured for the
patterns (figures in ``docs/privacy.md``) and are the second opinion in the
tests, not at run time: they found nothing that these rules miss, one takes T12
and L1 for driver licenses, one asks the network at its first call, and two
need seconds to minutes for a few kilobytes of hostile text.

``IdentifierMask(keep).mask(text)`` is all there is to call. About 0.2 ms for a
usual message; 0.1 s and 28 MB to load, of which the English word list is half.
"""

from safety.identifiers.mask import IdentifierMask, Masked

__all__ = ["IdentifierMask", "Masked"]
