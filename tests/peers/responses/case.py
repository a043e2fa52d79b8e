"""A test case: a response, whether it's correct, and the finding that the wizard must report."""


def right(name, xml, finding=None, **more):
    """The response is correct, so it passes. There may be an informational finding."""
    return case(name, xml, "pass", finding, right=True, **more)


def wrong(name, xml, finding, **more):
    """nOps would or should reject the response, so it fails and gets this finding."""
    return case(name, xml, "fail", finding, right=False, **more)


def doubtful(name, xml, finding, **more):
    """nOps would accept the response, but something about it is unusual, so it passes with a
    warning."""
    return case(name, xml, "pass", finding, right=True, **more)


def unchecked(name, xml, pasted, finding, **more):
    """The response is correct, but the pasted text can't be checked."""
    return case(name, xml, "unchecked", finding, right=True, pasted=pasted, **more)


def unread(name, xml, refusal, **more):
    """The wizard can't read the response."""
    return case(name, xml, "unread", refusal, right=False, **more)


def case(name, xml, verdict, finding, right, pasted=None, values=None, problem=None):
    """`xml` is the response for the other implementations. `pasted` is what the user pastes, if
    that differs from `xml`. `values` are the values on both consoles, if they differ from the usual
    values. `problem` is the finding's variant."""
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
