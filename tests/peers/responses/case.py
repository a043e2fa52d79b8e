"""A test case: a response, whether it is correct, and the finding that the wizard must report."""


def right(name, xml, finding=None, **more):
    """The response is correct, so it passes. A finding may add information."""
    return case(name, xml, "pass", finding, right=True, **more)


def wrong(name, xml, finding, **more):
    """nOps would or should reject the response, so it fails with this finding."""
    return case(name, xml, "fail", finding, right=False, **more)


def doubtful(name, xml, finding, **more):
    """nOps would accept the response, but something is unusual: it passes with a warning."""
    return case(name, xml, "pass", finding, right=True, **more)


def unchecked(name, xml, pasted, finding, **more):
    """The response is correct, but its pasted form can't be checked."""
    return case(name, xml, "unchecked", finding, right=True, pasted=pasted, **more)


def unread(name, xml, refusal, **more):
    """The wizard can't read the response."""
    return case(name, xml, "unread", refusal, right=False, **more)


def case(name, xml, verdict, finding, right, pasted=None, values=None, problem=None):
    """`xml` is the response for the other implementations, and `pasted` is what the user pastes if it
    differs. `values` are the values on both consoles if they differ from the usual ones. `problem` is
    the finding's variant."""
    return {
        "name": name,
        "xml": xml,
        "pasted": xml if pasted is None else pasted,
        "values": values or {},
        "right": right,
        "verdict": verdict,
        "finding": finding,
        "problem": problem,
    }
