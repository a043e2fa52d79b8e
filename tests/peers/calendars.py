"""Reads our calendar files with icalendar and vobject, which also unfold and unescape the text.

Usage: calendars.py - < CASES

CASES is a list of calendar files with what they must contain, in the order in which they were
saved: {"file", "uid", "day", "title", "part"}. All files are about one event. The last line of the
output is `calendars: N passed, M failed`. The exit code is 1 if anything failed.
"""

import json
import sys
from datetime import date, timedelta

import icalendar
import vobject

REMINDERS = [timedelta(days=-days) for days in (90, 30, 7)]


def main():
    passed, failed, sequence = 0, 0, -1
    for case in json.load(sys.stdin):
        problems = []
        for read in (with_icalendar, with_vobject):
            event = read(case["file"])
            expected = {
                "uid": case["uid"],
                "day": date.fromisoformat(case["day"]),
                "title": case["title"],
                "reminders": REMINDERS,
            }
            for name, value in expected.items():
                if event[name] != value:
                    problems.append(f"{read.__name__}: {name} is {event[name]!r}, not {value!r}")
            if case["part"] not in event["description"]:
                problems.append(f"{read.__name__}: {case['part']!r} isn't in the description")
            if event["sequence"] <= sequence:
                problems.append(f"{read.__name__}: the file doesn't replace the earlier one")
        sequence = event["sequence"]
        for problem in problems:
            print(f"FAIL  {problem}")
        passed, failed = passed + (not problems), failed + bool(problems)
    print(f"calendars: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def unfolded(text):
    return text.replace(b"\r\n ", b"")


def with_icalendar(file):
    calendar = icalendar.Calendar.from_ical(file)
    (event,) = calendar.walk("VEVENT")
    problems = [error for component in calendar.walk() for error in component.errors]
    assert not problems, problems
    for line in file.encode().split(b"\r\n"):
        # Decoding fails if a character is split.
        assert len(line) <= 75 and "\n" not in line.decode(), line
    written = unfolded(event.to_ical(sorted=False))
    assert written in unfolded(file.encode()), f"icalendar writes the event differently: {written}"
    return {
        "uid": str(event["UID"]),
        "day": event.decoded("DTSTART"),
        "title": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "reminders": [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")],
        "sequence": event["SEQUENCE"],
    }


def with_vobject(file):
    calendar = vobject.readOne(file)
    calendar.validate(raiseException=True)
    event = calendar.vevent
    return {
        "uid": event.uid.value,
        "day": event.dtstart.value,
        "title": event.summary.value,
        "description": event.description.value,
        "reminders": [alarm.trigger.value for alarm in event.valarm_list],
        "sequence": int(event.sequence.value),
    }


if __name__ == "__main__":
    sys.exit(main())
