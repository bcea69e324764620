"""Every card and form in every state, on both platforms, as it was last agreed: golden/PLATFORM/NAME.json.

After a change that is meant: pytest tests/cards/test_golden.py --update-golden, and read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.assignment import Stage
from bot.domain.task import Status
from cards import adaptive, blockkit
from cards.actions import ACTIONS
from cards.model import Button, Card
from cards.organization_forms import ASKING, ORGANIZATION_COMMANDS
from cards.payload import payload
from cards.placement import Kind
from tests.cards.checks import check_adaptive, check_blocks, check_view
from tests.cards.examples import EXAMPLES, examples
from tests.world import ZONE

GOLDEN = Path(__file__).parent / "golden"


def draw_adaptive(shown: Card | Button) -> dict[str, Any]:
    drawn = adaptive.render(shown) if isinstance(shown, Card) else adaptive.render_form(shown)
    check_adaptive(drawn)
    return drawn


def draw_blockkit(shown: Card | Button) -> dict[str, Any]:
    if isinstance(shown, Button):
        view = blockkit.render_modal(shown, json.dumps(payload(shown)), ZONE)
        check_view(view)
        return view
    blocks = blockkit.render(shown, {image: f"F{number}" for number, image in enumerate(shown.images)})
    check_blocks(blocks)
    return {"text": blockkit.fallback(shown), "blocks": blocks}


DRAW = {"adaptive": draw_adaptive, "blockkit": draw_blockkit}


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("platform", DRAW)
def test_a_card_looks_as_it_was_agreed(platform: str, name: str, update: bool) -> None:
    drawn = json.dumps(DRAW[platform](EXAMPLES[name].shown), ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / platform / f"{name}.json"
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawn)
    assert path.exists(), f"{path.name} is new: run with --update-golden"
    assert path.read_text() == drawn, "if the change is meant, run with --update-golden and read the difference"


def test_every_golden_file_is_of_a_card_that_is_still_drawn(update: bool) -> None:
    left = {path for path in GOLDEN.glob("*/*") if path.stem not in EXAMPLES or path.parent.name not in DRAW}
    if update:
        for path in left:
            path.unlink()
    assert not [path for path in left if path.exists()]


def test_every_example_has_a_name_of_its_own() -> None:
    assert len(list(examples())) == len(EXAMPLES)


@pytest.mark.parametrize(
    "name",
    [
        *(f"task-{status}-for-{whom}" for status in Status for whom in ("a-person", "a-room")),
        *(f"assignment-{stage}" for stage in Stage),
    ],
)
def test_every_state_has_an_example(name: str) -> None:
    assert name in EXAMPLES


@pytest.mark.parametrize("kind", Kind)
def test_every_card_of_a_task_has_examples(kind: Kind) -> None:
    assert any(name.startswith(f"{kind}-") for name in EXAMPLES)


def test_every_button_is_on_an_example_and_every_form_is_one() -> None:
    cards = [example.shown for example in EXAMPLES.values() if isinstance(example.shown, Card)]
    forms = {example.shown.action for example in EXAMPLES.values() if isinstance(example.shown, Button)}
    buttons = {button.action: button for card in cards for button in card.buttons}
    assert buttons.keys() >= {action.id for action in ACTIONS.values()} | ORGANIZATION_COMMANDS.keys()
    assert forms == {action.id for action in ACTIONS.values() if action.form} | {"task.forward"} | ASKING.keys()
