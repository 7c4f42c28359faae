from ui import palette
from ui.scale import scale


def test_bounds_are_round_and_hold_every_value():
    made = scale([0.31, 4.2, 9.7, 3.3])

    assert made is not None
    assert made.bounds == (0, 2, 4, 6, 8, 10)
    assert [made.step(value) for value in (0.31, 2, 9.7, 10)] == [0, 1, 4, 4]


def test_equal_values_make_one_class():
    made = scale([3, 3, 3])

    assert made is not None
    assert [colour for colour, _, _ in made.classes] == [made.colour(3)]


def test_rates_do_not_get_a_class_above_one():
    made = scale([0.62, 0.99, 1.0], top=1.0)

    assert made is not None
    assert made.bounds[-1] == 1.0


def test_nothing_known_makes_no_scale():
    assert scale([]) is None


def test_text_on_a_dark_class_is_white():
    assert palette.on(palette.STEPS[-1]) == palette.PAPER
    assert palette.on(palette.STEPS[0]) == palette.INK
