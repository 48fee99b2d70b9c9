"""Templates that try to run code, to read what is private, to eat memory or to hang: stopped, with the place named."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from kamdesk.documents import doctor
from kamdesk.documents.context.build import build
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.environment import LockedEnvironment
from kamdesk.documents.language.filters import LANGUAGE_FILTERS
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
    # ways around a list of names: other spellings, other attributes, filters that call
    "{{ ()|attr('__cl'~'ass__') }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ client|attr('get')('name') }}",
    "{{ client.get('name') }}",
    "{{ client.name|attr('format')('x') }}",
    "{{ 'x'.format.__globals__ }}",
    "{{ client.name.upper.__self__ }}",
    "{{ client.name.replace.__func__ }}",
    "{{ '{0.__class__.__init__.__globals__}'|format(client) }}",
    "{{ 'abc'|map('attr', '__class__')|list }}",
    "{{ 'abc'|select('eq', 'a')|list }}",
    "{{ [client]|selectattr('name') }}",
    "{{ [client]|groupby('name') }}",
    "{{ [client]|sum(attribute='__class__') }}",
    "{{ [client]|sort(attribute='__class__') }}",
    "{{ [client]|unique(attribute='__class__') }}",
    "{{ 'abc'|batch(1)|list }}",
    "{{ 'abc'|slice(1)|list }}",
    "{{ 'abc'|random }}",
    "{{ client|items }}",
    "{{ client|dictsort }}",
    "{{ client|list }}",
    "{{ client.name|urlize }}",
    "{{ client.name|forceescape }}",
    "{{ client.name|center(999999999) }}",
    "{{ client.name|indent(999999999) }}",
    "{{ client.name|wordwrap(1, wrapstring=client.name * 9999) }}",
    "{{ client.name.center(999999999) }}",
    "{{ client.name.ljust(999999999) }}",
    "{{ client.name.zfill(999999999) }}",
    "{{ client.name.expandtabs(999999999) }}",
    "{{ client.name.encode('utf-8') }}",
    "{{ client.name.translate(client) }}",
    "{{ client.name.join(client) }}",
    "{{ cycler('a', 'b').next() }}",
    "{{ joiner(', ')() }}",
    "{{ namespace(a=1).a }}",
    "{{ lipsum(n=999999) }}",
    "{{ loop.cycle('a', 'b') }}",
    "{% for x in 'ab' %}{{ loop.cycle.__globals__ }}{% endfor %}",
    "{% for x in 'ab' recursive %}{{ loop('ab') }}{% endfor %}",
    "{% set ns = namespace(x=0) %}{% set ns.x = 1 %}",
    "{% set client.name = 'x' %}",
    "{% with a = ''.__class__ %}{{ a }}{% endwith %}",
    "{% do client.clear() %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{{ _language }}",
    "{{ _forms }}",
    "{{ __builtins__ }}",
    "{{ g.pop.__globals__ }}",
    "{{ session['__class__'] }}",
    "{{ kd_blocks }}",
    "{{ client.name % client }}",
    "{{ client.name[''.__class__] }}",
    "{{ 999999999999999999999 * 999999999999999999999 }}",
    "{{ 1 // 0 }}",
    "{{ client.name is sameas client }}",
    "{{ client.name is filter }}",
    "{{ client.name is callable }}",
    "{%- print(config) -%}",
    "{{ client.name }}{% raw %}",
    "{# {{ client.name }}",
)


ONLY_WHEN_FILLED = frozenset(
    {
        "{{ '%s' % client }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'a' * 999999999 }}",
        "{{ ('a' * 9999) * 9999 }}",
        "{{ [1] * 999999999 }}",
        "{{ ''['__cla' ~ 'ss__'] }}",
        "{{ 999999999999999999999 * 999999999999999999999 }}",
        "{{ 1 // 0 }}",
    }
)
"""Right by grammar and names: what is wrong shows when they are filled."""


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
        "{{ ''|attr('__class__') }}",
        "{{ '%s' % client }}",
        "{% include '/etc/passwd' %}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
        "{{ client.items() }}",
        "{{ namespace(a=1) }}",
        "{{ client.name|xmlattr }}",
        "{{ 'a' * 99999 }}",
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
    "slices": "{% set a = 'a' * 9999 %}{% for x in a %}{% for y in a %}{% set b = a[::-1] ~ a[::-1] %}{% endfor %}{% endfor %}",
    "lists": "{% set a = ('a ' * 4999).split() %}" + "{% set a = a + a %}" * 30 + "{{ a|length }}",
    "splits": "{% set a = 'a,' * 4999 %}{% for x in a %}{% for y in a.split(',') %}{% for z in a.split(',') %}{% endfor %}"
    "{% endfor %}{% endfor %}",
    "titles": "{% set a = 'a ' * 4999 %}{% for x in a %}{% for y in a %}{% set b = a|title|upper|lower|capitalize %}{% endfor %}{% endfor %}",
    "folding": "{{ 'aaaaaaaaaa'" + ".replace('a', 'aaaaaaaaaa')" * 9 + " }}",
    "a filter over the document": "{% filter replace('a', 'a' * 9999) %}{% filter replace('a', 'a' * 9999) %}"
    + "a" * 2000
    + "{% endfilter %}{% endfilter %}",
    "deep conditions": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "deep loops": "".join(f"{{% for x{n} in 'ab' %}}" for n in range(60)) + "{% endfor %}" * 60,
    "long expression": "{{ " + "1+" * 50_000 + "1 }}",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_stopped_within_five_seconds_and_the_pool_lives(bomb: str, workers: Workers) -> None:
    document = build(proposal("en"), tailored("en"), "group")
    workers.warm()
    before = time.monotonic()
    with pytest.raises(KamdeskError) as stopped:
        workers.render(template_with(BOMBS[bomb]), document)
    # The promise is 5 s on a machine of its own; its 3.5 s of work are kept on a busy one too.
    assert time.monotonic() - before < 25
    assert "place" in stopped.value.message.params
    assert workers.render(bundled("en", "group").read(), document)[:2] == b"PK"


@pytest.mark.parametrize("where", ["title", "comments", "custom", "chart"])
def test_what_stands_outside_the_text_is_never_run_and_the_doctor_says_so(
    where: str, renderer: Renderer
) -> None:
    parts = parts_of(bundled("en", "group").read())
    payload = b"{{ ''.__class__.__mro__ }} {{ 7 * 191 }}"
    if where == "title":
        name = "docProps/core.xml"
        parts[name] = (
            b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
            + payload
            + b"</dc:title></cp:coreProperties>"
        )
    else:
        name = {"comments": "word/people.xml", "custom": "customXml/item1.xml", "chart": "word/charts/c.xml"}[
            where
        ]
        parts[name] = b"<x><y>" + payload + b"</y></x>"
    template = packed(parts)
    found = doctor.check(template, catalogue("group"), "group")
    assert name in {one.part for one in found if one.kind == "never_filled"}
    made = renderer.render(template, build(proposal("en"), tailored("en"), "group"))
    assert b"1337" not in b"".join(parts_of(made).values())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_doctor_names_a_payload_before_it_is_filled(payload: str) -> None:
    found = doctor.check(template_with(payload), catalogue("group"), "group")
    if payload not in ONLY_WHEN_FILLED:
        assert [one for one in found if one.severity == "error"], payload


def test_every_filter_and_test_that_is_left_is_on_the_list() -> None:
    environment = LockedEnvironment()
    assert not environment.globals
    assert set(environment.filters) <= {
        "upper", "lower", "title", "capitalize", "trim", "replace", "default", "d", "join", "length", "count", "first", "last",
    } | LANGUAGE_FILTERS.keys()  # fmt: skip
    assert not {"attr", "map", "select", "format", "safe", "pprint", "tojson"} & set(environment.filters)
