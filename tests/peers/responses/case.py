"""A case: a response, what is true of it, and what the wizard has to say."""


def right(name, xml, finding=None, **more):
    """Nothing is wrong with it, so it passes; a finding may remark something."""
    return case(name, xml, "pass", finding, right=True, **more)


def wrong(name, xml, finding, **more):
    """nOps would refuse it, or ought to, so it fails with this finding."""
    return case(name, xml, "fail", finding, right=False, **more)


def doubtful(name, xml, finding, **more):
    """It would get in, and something is not as it should be: a warning that passes."""
    return case(name, xml, "pass", finding, right=True, **more)


def unchecked(name, xml, pasted, finding, **more):
    """The response is good; what was pasted of it can't be judged."""
    return case(name, xml, "unchecked", finding, right=True, pasted=pasted, **more)


def unread(name, xml, refusal, **more):
    """The wizard does not even read it."""
    return case(name, xml, "unread", refusal, right=False, **more)


def case(name, xml, verdict, finding, right, pasted=None, values=None, problem=None):
    """`xml` is what the judges get, `pasted` what a person pastes where that is something else, `values` what both
    consoles hold where it is not the usual, `problem` the finding's variant."""
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
