"""Templates that try to run code, to read what is private, to eat memory or to hang: stopped, with the place named."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from kamdesk.documents.context.build import build
from kamdesk.documents.environment import LockedEnvironment
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import bundled
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.worker.supervisor import Workers
from tests.documents.made import PLACES, packed, parts_of, template_with
from tests.documents.sample import proposal, tailored

# Published for Jinja (PayloadsAllTheThings, HackTricks and the advisories of Jinja itself), and our own variations.
PAYLOADS = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__']['__mro__'][1] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ [].__class__.__base__.__subclasses__()[40]('/etc/passwd').read() }}",
    "{{ {}.__class__.__bases__[0] }}",
    "{{ config }}",
    "{{ config.items() }}",
    "{{ self }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os.popen('id').read() }}",
    "{{ namespace.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum.__globals__.os.system('id') }}",
    "{{ url_for.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ request.application.__globals__ }}",
    "{{ request|attr('application') }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ client.name.__class__.__init__.__globals__ }}",
    "{{ client.name.format }}",
    "{{ client.name.format_map({}) }}",
    "{{ '{0.__class__}'.format(client) }}",
    "{{ '%s' % client }}",
    "{{ '%999999999d' % 1 }}",
    "{{ client.items() }}",
    "{{ client.values() }}",
    "{{ client.update({'name': 'x'}) }}",
    "{{ client.pop('name') }}",
    "{{ client.clear() }}",
    "{{ client }}",
    "{{ our['__class__'] }}",
    "{{ client['na' + 'me'].__len__ }}",
    "{% set x = client.__class__ %}{{ x }}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'base' %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
    "{% call client.name() %}{% endcall %}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{% for k in loop.__class__ %}{% endfor %}",
    "{% for x in 'ab' %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% if ''.__class__ %}x{% endif %}",
    "{% block b %}{% endblock %}",
    "{% filter attr('__class__') %}x{% endfilter %}",
    "{% autoescape false %}{{ client.name }}{% endautoescape %}",
    "{{ client.name|map(attribute='__class__')|list }}",
    "{{ client.name|pprint }}",
    "{{ client|tojson }}",
    "{{ client.name|safe }}",
    "{{ client.name|xmlattr }}",
    "{{ (client.name|string).encode().__class__ }}",
    "{{ vault.key }}",
    "{{ session.execute('select 1') }}",
    "{{ reader.stance }}",
    "{{ recipient.lens }}",
    "{{ recipient.__dict__ }}",
    "{{ 2 ** 999999999 }}",
    "{{ 'a' * 999999999 }}",
    "{{ ('a' * 9999) * 9999 }}",
    "{{ [1] * 999999999 }}",
    "{{ unknown }}",
    "{{ client.nmae }}",
    "{{ client.name",
    "{% if client.name %}",
    "{% endif %}",
    "{{ }}",
    "{{ client.name | }}",
)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as pool:
        pool.warm()
        yield pool


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_refused_with_its_place(payload: str, renderer: Renderer) -> None:
    document = build(proposal("en"), tailored("en"), "group")
    with pytest.raises(KamdeskError) as refused:
        renderer.render(template_with(payload), document)
    place = refused.value.message.params["place"]
    assert isinstance(place, Message)
    assert place.code.startswith("word.at_")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "payload",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ recipient.stance }}",
        "{{ 2 ** 9 }}",
    ],
)
def test_no_part_of_a_file_is_less_guarded(payload: str, place: str, renderer: Renderer) -> None:
    document = build(proposal("en"), tailored("en"), "group")
    with pytest.raises(KamdeskError) as refused:
        renderer.render(template_with(payload, place), document)
    said = str(refused.value.message.params["place"])
    assert {"header": "at_header", "footer": "at_footer", "footnote": "at_footnote", "cell": "at_cell"}.get(
        place, "at_"
    ) in said


def test_a_tag_in_the_properties_is_never_run(renderer: Renderer) -> None:
    parts = parts_of(bundled("en", "group").read())
    parts["docProps/core.xml"] = (
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ 7 * 191 }}</dc:title><dc:creator>Mallory</dc:creator>'
        b"</cp:coreProperties>"
    )
    made = renderer.render(packed(parts), build(proposal("en"), tailored("en"), "group"))
    everything = b"".join(parts_of(made).values())
    assert b"1337" not in everything
    assert b"Mallory" not in everything
    assert b"{{" not in parts_of(made)["docProps/core.xml"]


BOMBS = {
    "memory": "{% set a = 'aaaaaaaaaa' %}"
    + "{% set a = a ~ a ~ a ~ a ~ a ~ a ~ a ~ a ~ a ~ a %}" * 9
    + "{{ a }}",
    "replace": "{% set a = 'a' * 9999 %}"
    + "{% set a = a.replace('a', 'aaaaaaaaaaaaaaaa') %}" * 6
    + "{{ a }}",
    "join": "{% set a = 'a' * 9999 %}{% set b = a|join(a)|join(a) %}{{ b }}",
    "loops": "{% set a = 'a' * 9999 %}{% for x in a %}{% for y in a %}{% for z in a %}{% endfor %}{% endfor %}{% endfor %}",
    "output": "{% set a = 'a' * 9999 %}{% for x in a %}{% for y in a %}{{ a }}{% endfor %}{% endfor %}",
    "nesting": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "tests": "{% if " + "not " * 5000 + "1 %}x{% endif %}",
    "numbers": "{% set a = 9999999999 %}" + "{% set a = a * a %}" * 40 + "{{ a }}",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_stopped_within_five_seconds_and_the_pool_lives(bomb: str, workers: Workers) -> None:
    document = build(proposal("en"), tailored("en"), "group")
    workers.warm()
    before = time.monotonic()
    with pytest.raises(KamdeskError) as stopped:
        workers.render(template_with(BOMBS[bomb]), document)
    assert time.monotonic() - before < 5.5 + 3  # the promise is 5 s on a machine of its own
    assert "place" in stopped.value.message.params
    assert workers.render(bundled("en", "group").read(), document)[:2] == b"PK"


def test_every_filter_and_test_that_is_left_is_on_the_list() -> None:
    environment = LockedEnvironment()
    assert not environment.globals
    assert set(environment.filters) <= {
        "upper", "lower", "title", "capitalize", "trim", "replace", "default", "d", "join", "length", "first", "last",
    }  # fmt: skip
    assert not {"attr", "map", "select", "format", "safe", "pprint", "tojson"} & set(environment.filters)
