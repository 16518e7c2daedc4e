"""What whoever runs this on real records is told before any table is opened. A page of the documents says more."""

from __future__ import annotations

TITLE = "These are real records. Running this on them is itself processing of personal data."
SETTLE = {
    "Purpose": "to see whether the promises of the assessment were kept, and nothing else.",
    "Basis": "which lawful basis and conditions cover this run, in writing.",
    "Approver": "the controller, advised by its data protection officer, and not whoever runs it.",
    "Record of processing": "the run stands in the controller's record under Article 30.",
    "Access": "by somebody who may already see these records, where they already are.",
    "Deletion": "a day for the outputs too: evidence, JUnit file, page, timings and what the terminal kept.",
}
UNAPPROVED = "Nothing is read or recorded until you name the approval: --approval REFERENCE."
REFERENCE = (
    "Give a case or file number and nothing more, such as DPO-2022-014: up to five capital letters, then one or two"
    " numbers of up to six digits, with . / _ or - between them, and one capital at most after them. Of a longer one"
    " give the last part. A name, a date or a word of explanation is refused, since the reference is kept"
)
"""What the reference of an approval may look like, as :data:`dpia_checks.manifests.REFERENCE` takes it."""


def of(approval: str) -> str:
    """Return the notice; with an *approval* it says under which reference the run is recorded."""
    lines = [f"  {name}: {said}" for name, said in SETTLE.items()]
    last = f"Recorded as approved under {approval}." if approval else UNAPPROVED
    return "\n".join([TITLE, "Settled first, in writing:", *lines, last])
