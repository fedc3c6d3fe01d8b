#!/usr/bin/env python3
"""Draws every picture of the two themes: SVG from a seed, the same bytes on every run.

    python3 themes/tools/pictures.py            draw all
    python3 themes/tools/pictures.py folio      draw one theme's

folio's landscapes exist twice: as snippets whose shapes carry classes (they take the scheme's
colours on the page) and as media files with colours of their own. counter's products are turned
bodies: a profile, one light from the upper left, one soft shadow.
"""
import math
import random
import sys
from pathlib import Path

THEMES = Path(__file__).resolve().parent.parent
MEDIA = "demo/media/2026/11"


# ---------------------------------------------------------------- small helpers

DIGITS = 1  # behind the point: none for wide scenes with many bodies


def num(value):
    text = f"{value:.{DIGITS}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def point(x, y):
    return f"{num(x)} {num(y)}"


def mix(a, b, amount):
    """Two hex colours mixed in linear light."""
    def channels(hexa):
        return [(int(hexa[i:i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
    mixed = (x + (y - x) * amount for x, y in zip(channels(a), channels(b)))
    return "#" + "".join(f"{round(255 * c ** (1 / 2.2)):02x}" for c in mixed)


def curve(points, closed=False):
    """A Catmull-Rom curve through the points as relative cubic Bézier pieces. What rounding takes, the next piece gives back."""
    count = len(points)

    def at(k):
        return points[k % count] if closed else points[max(0, min(count - 1, k))]

    here = [float(num(v)) for v in points[0]]
    parts = []
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = (at(i + k) for k in (-1, 0, 1, 2))
        ends = ((p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6), (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6), p2)
        texts = [point(x - here[0], y - here[1]) for x, y in ends]
        parts.append(" ".join(texts))
        here = [v + float(d) for v, d in zip(here, texts[-1].split())]
    return f"M{point(*points[0])}c" + " ".join(parts).replace(" -", "-") + ("z" if closed else "")


def ridge(rng, width, base, height, waves, count=14):
    """A skyline: a few sines of falling size."""
    terms = [(rng.uniform(0.6, 1.4) * waves * (k + 1) ** 1.25, rng.uniform(0, math.tau), 1 / (k + 1) ** 1.3)
             for k in range(4)]
    total = sum(t[2] for t in terms)
    points = []
    for i in range(count + 1):
        x = -40 + (width + 80) * i / count
        y = sum(math.sin(x / width * math.tau * f + p) * a for f, p, a in terms) / total
        points.append((x, base - y * height))
    return points


def below(points, width, bottom):
    return curve(points) + f"V{num(bottom)}H{num(points[0][0])}z"


def height_at(points, x):
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


class Paint:
    """Gives a shape its colour: a class in a snippet, a fill in a file."""

    def __init__(self, palette=None):
        self.palette = palette

    def fill(self, name, extra=""):
        if self.palette:
            return f'fill="{self.palette[name]}"{extra}'
        return f'class="art-{name}"{extra}'

    def line(self, name, width, extra=""):
        common = f' fill="none" stroke-width="{num(width)}"{extra}'
        if self.palette:
            return f'stroke="{self.palette[name]}"{common}'
        return f'class="art-line-{name}"{common}'


def svg(width, height, body, attributes=""):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"{attributes}>'
            + "".join(body) + "</svg>\n")


# ---------------------------------------------------------------- landscapes

def tree_round(rng, x, y, size):
    """Crown as a soft circle of arcs on a short trunk."""
    r = size * rng.uniform(0.42, 0.5)
    return (f"M{point(x - size * .03, y)}v{num(-size * .5)}h{num(size * .06)}v{num(size * .5)}z"
            f"M{point(x - r, y - size * .62)}a{num(r)} {num(r * rng.uniform(.95, 1.15))} 0 1 1 {num(2 * r)} 0"
            f"a{num(r)} {num(r * .8)} 0 1 1 {num(-2 * r)} 0z")


def tree_tall(rng, x, y, size):
    """A poplar: a narrow leaf shape."""
    w = size * rng.uniform(0.11, 0.16)
    return (f"M{point(x, y)}c{num(-w * 1.5)} {num(-size * .25)} {num(-w)} {num(-size * .75)} 0 {num(-size)}"
            f"c{num(w)} {num(size * .25)} {num(w * 1.5)} {num(size * .75)} 0 {num(size)}z")


def tree_fir(rng, x, y, size):
    w = size * rng.uniform(0.17, 0.23)
    return f"M{point(x, y - size)}l{num(w)} {num(size)}h{num(-2 * w)}z"


def grove(rng, line, kinds, count, low, high, x0, x1):
    out = []
    for _ in range(count):
        x = rng.uniform(x0, x1)
        size = rng.uniform(low, high)
        out.append(rng.choice(kinds)(rng, x, height_at(line, x) + size * .06, size))
    return "".join(out)


def contours(paint, name, line, count, gap, weight):
    """Lines of equal height inside a hill: the planner's drawing in the landscape."""
    out = []
    for k in range(1, count + 1):
        shifted = [(x, y + gap * k * (1 + .07 * k) + math.sin(x / 210 + k) * gap * .16) for x, y in line]
        out.append(f'<path {paint.line(name, weight)} d="{curve(shifted)}"/>')
    return "".join(out)


def hills(paint, seed, width=1600, height=1000, horizon=.5, sun=(.72, .36), trees=True):
    rng = random.Random(seed)
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .075)}"/>']
    layers = 6
    scale = height / 1000
    for i in range(layers):
        base = height * (horizon + (1 - horizon) * (i / layers) ** 1.1 * .98)
        line = ridge(rng, width, base, height * (.055 + .012 * i), .55 + .16 * (layers - i) / 2, 11 if i > 2 else 15)
        name = f"{i + 1}"
        if trees and i in (2, 3, 4):
            cluster = rng.uniform(.05, .6) * width
            small, big = (22, 40) if i == 2 else (44, 78) if i == 3 else (84, 150)
            kinds = [tree_round, tree_tall] if i > 2 else [tree_fir, tree_round]
            body.append(f'<path {paint.fill(str(min(6, i + 2)))} d="' + grove(
                rng, line, kinds, (16, 11, 6)[i - 2], small * scale, big * scale, cluster, cluster + width * .34) + '"/>')
        body.append(f'<path {paint.fill(name)} d="{below(line, width, height)}"/>')
        if i in (3, 5):
            body.append(contours(paint, str(i), line, 4 if i == 3 else 5, (17 if i == 3 else 26) * scale, 1.6 * scale))
    return width, height, body


def lake(paint, seed, width=1600, height=1000, sun=(.3, .3), water=.6):
    rng = random.Random(seed)
    shore = height * water
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .085)}"/>']
    for i in range(3):
        line = ridge(rng, width, shore - height * (.16 - .055 * i), height * (.085 - .015 * i), .8 + .3 * i, 14)
        body.append(f'<path {paint.fill(str(i + 1))} d="{below(line, width, shore)}"/>')
    body.append(f'<path {paint.fill("water")} d="M0 {num(shore)}h{width}v{num(height - shore)}H0z"/>')
    glints = []
    for k in range(26):
        y = shore + height * .012 + (height - shore) * (k / 26) ** 1.4 * .9
        span = width * (.03 + .1 * rng.random()) * (.5 + k / 26)
        x = width * sun[0] + rng.gauss(0, width * (.012 + .05 * k / 26))
        glints.append(f"M{point(x - span / 2, y)}h{num(span)}")
    body.append(f'<path {paint.line("sun", 3.2 * height / 1000, " stroke-linecap=" + chr(34) + "round" + chr(34))} d="{"".join(glints)}"/>')
    bank = [(-40, height * .91), (width * .14, height * .87), (width * .33, height * .9), (width * .5, height * .965),
            (width * .66, height * .985), (width * .83, height * .93), (width + 40, height * .88)]
    body.append(f'<path {paint.fill("6")} d="{below(bank, width, height)}"/>')
    reeds = []
    for _ in range(46):
        x = rng.choice([rng.uniform(0, width * .36), rng.uniform(width * .72, width)])
        y = height_at(bank, x) + 8
        tall = rng.uniform(.07, .2) * height
        lean = rng.uniform(-.1, .28) * tall
        reeds.append(f"M{point(x, y)}q{num(lean * .1)} {num(-tall * .6)} {num(lean)} {num(-tall)}")
    body.append(f'<path {paint.line("6", 3 * height / 1000, " stroke-linecap=" + chr(34) + "round" + chr(34))} d="{"".join(reeds)}"/>')
    return width, height, body


def forest(paint, seed, width=1600, height=1000, sun=(.62, .3), edge=.5):
    rng = random.Random(seed)
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .09)}"/>']
    for i in range(5):
        base = height * (edge + (1 - edge) * .23 * i)
        line = ridge(rng, width, base, height * .05, .7 + .2 * i, 10)
        crowns = []
        count = (34, 30, 24, 17, 11)[i]
        for k in range(count):
            x = width * (k + rng.uniform(.05, .95)) / count
            size = height * rng.uniform(.1, .17) * (1 + .42 * i)
            gap = abs(x / width - .58)
            if i > 2 and gap < .16:
                size *= .28 + gap * 3
            crowns.append(tree_fir(rng, x, height_at(line, x) + 20, size))
        body.append(f'<path {paint.fill(str(i + 1))} d="{"".join(crowns)}{below(line, width, height)}"/>')
    return width, height, body


def terraces(paint, seed, width=1600, height=1000, sun=(.24, .2), crest=.42):
    """A slope cut into level beds, with hedges and a stair."""
    rng = random.Random(seed)
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .07)}"/>']
    line = ridge(rng, width, height * crest, height * .07, .8, 12)
    body.append(f'<path {paint.fill("1")} d="{below(line, width, height)}"/>')
    steps = 6
    for i in range(steps):
        y = height * (crest + .02 + (.98 - crest) * (i / steps) ** 1.25)
        right = y - height * .02
        tilt = height * (.06 - .004 * i)
        top = [(-40, y + tilt), (width * .28, y + tilt * .45), (width * .62, y), (width + 40, right - tilt * .3)]
        shrubs = []
        x = rng.uniform(0, 60)
        size = height * (.028 + .012 * i)
        while x < width:
            shrubs.append(f"M{point(x - size, height_at(top, x) + 4)}a{num(size)} {num(size * rng.uniform(.7, 1.3))} 0 0 1 {num(2 * size)} 0z")
            x += size * rng.choice([1.5, 1.9, 2.4, 5.5])
        body.append(f'<path {paint.fill(str(min(6, i + 1 if i % 2 else i + 2)))} d="{"".join(shrubs)}"/>')
        body.append(f'<path {paint.fill(str(i + 1))} d="{below(top, width, height)}"/>')
        wall = height * (.008 + .005 * i)
        body.append(f'<path {paint.line("wall", wall)} d="{curve([(x, y + wall / 2) for x, y in top])}"/>')
    return width, height, body


def meadow(paint, seed, width=1200, height=1500, sun=(.7, .24)):
    """Tall grasses and seed heads close to the eye, a hill far behind."""
    rng = random.Random(seed)
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .075)}"/>']
    for i in range(3):
        line = ridge(rng, width, height * (.5 + .1 * i), height * .045, .6 + .2 * i, 9)
        body.append(f'<path {paint.fill(str(i + 1))} d="{below(line, width, height)}"/>')
    for layer in range(3):
        blades, heads = [], []
        count = (34, 26, 18)[layer]
        for _ in range(count):
            x = rng.uniform(-20, width + 20)
            tall = height * rng.uniform(.26, .4) * (1 + .22 * layer)
            y = height + 20
            lean = rng.uniform(-.14, .26) * tall
            blades.append(f"M{point(x, y)}q{num(lean * .1)} {num(-tall * .62)} {num(lean)} {num(-tall)}")
            if rng.random() < .6:
                r = height * rng.uniform(.006, .013) * (1 + .4 * layer)
                tx, ty = x + lean, y - tall
                heads.append(f"M{point(tx - r, ty)}a{num(r)} {num(r * 2.3)} 0 1 1 {num(2 * r)} 0a{num(r)} {num(r * 2.3)} 0 1 1 {num(-2 * r)} 0z")
        name = str(layer + 4)
        body.append(f'<path {paint.line(name, 3 + 2 * layer, " stroke-linecap=" + chr(34) + "round" + chr(34))} d="{"".join(blades)}"/>')
        body.append(f'<path {paint.fill("sun" if layer == 1 else name)} d="{"".join(heads)}"/>')
    return width, height, body


def court(paint, seed, width=1200, height=1500):
    """A courtyard: walls, an opening, one tree, its shadow on the paving."""
    rng = random.Random(seed)
    floor = height * .7
    body = [f'<path {paint.fill("1")} d="M0 0h{width}v{height}H0z"/>',
            f'<path {paint.fill("sky")} d="M0 0h{num(width)}v{num(height * .16)}L{num(width * .4)} {num(height * .24)}L0 {num(height * .2)}z"/>',
            f'<path {paint.fill("2")} d="M{num(width * .4)} {num(height * .24)}L0 {num(height * .2)}V{num(floor + height * .04)}L{num(width * .4)} {num(floor)}z"/>',
            f'<path {paint.fill("sun")} d="M{num(width * .62)} {num(floor)}V{num(height * .44)}a{num(width * .11)} {num(width * .11)} 0 0 1 {num(width * .22)} 0V{num(floor)}z"/>',
            f'<path {paint.fill("3")} d="M{num(width * .62)} {num(floor)}V{num(height * .6)}q{num(width * .08)} {num(-height * .05)} {num(width * .22)} {num(height * .02)}V{num(floor)}z"/>',
            f'<path {paint.fill("wall")} d="M0 {num(floor + height * .04)}L{num(width * .4)} {num(floor)}H{width}V{height}H0z"/>']
    joints = "".join(f"M{point(0, floor + height * (.07 + .045 * k * (1 + .12 * k)))}h{width}" for k in range(5))
    joints += "".join(f"M{point(width * (.4 + .12 * k), floor)}L{point(width * (-.35 + .42 * k), height)}" for k in range(6))
    body.append(f'<path {paint.line("1", 3)} d="{joints}"/>')
    x, y = width * .36, height * .82
    body.append(f'<ellipse {paint.fill("2")} cx="{num(x + width * .22)}" cy="{num(y + height * .015)}" rx="{num(width * .36)}" ry="{num(height * .045)}"/>')
    body.append(f'<path {paint.line("6", 16, " stroke-linecap=" + chr(34) + "round" + chr(34))} d="M{point(x, y)}C{point(x - 10, y - 180)} {point(x + 26, y - 300)} {point(x + 4, y - 470)}'
                f'M{point(x + 4, y - 260)}q{point(70, -60)} {point(96, -170)}M{point(x + 10, y - 350)}q{point(-60, -50)} {point(-90, -140)}"/>')
    leaves = []
    for _ in range(70):
        a, d = rng.uniform(0, math.tau), math.sqrt(rng.random())
        r = rng.uniform(24, 58)
        cx, cy = x + 10 + math.cos(a) * d * width * .25, y - 580 + math.sin(a) * d * height * .135
        leaves.append((r, cx, cy))
    for name, part in (("4", leaves[:28]), ("5", leaves[28:52]), ("3", leaves[52:])):
        body.append(f'<path {paint.fill(name)} d="' + "".join(
            f"M{point(cx - r, cy)}a{num(r)} {num(r)} 0 1 1 {num(2 * r)} 0a{num(r)} {num(r)} 0 1 1 {num(-2 * r)} 0z" for r, cx, cy in part) + '"/>')
    pots = f"M{point(width * .8, height * .8)}h{num(width * .13)}l{num(-width * .02)} {num(height * .09)}h{num(-width * .09)}z"
    body.append(f'<path {paint.fill("4")} d="' + "".join(
        f"M{point(width * .865, height * .805)}q{num(k * 26)} {num(-height * .06)} {num(k * 44)} {num(-height * (.13 - abs(k) * .018))}q{num(-k * 6)} {num(height * .07)} {num(-k * 44 + 16)} {num(height * (.13 - abs(k) * .018))}z"
        for k in (-2, -1, 0.3, 1, 2)) + '"/>')
    body.append(f'<path {paint.fill("6")} d="{pots}"/>')
    return width, height, body


def plan(paint, seed, width=1200, height=1500):
    """A planting plan seen from above: beds, paths, crowns with their centres."""
    rng = random.Random(seed)
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>']
    path = [(width * (-.05), height * rng.uniform(.7, .85)), (width * .25, height * .68), (width * .42, height * .48),
            (width * .6, height * .36), (width * .8, height * .3), (width * 1.05, height * rng.uniform(.12, .2))]
    bed = [(width * rng.uniform(.1, .2), height * .12), (width * .5, height * .07), (width * .68, height * .2),
           (width * .5, height * .34), (width * .3, height * .5), (width * .1, height * .55), (width * .05, height * .3)]
    bed2 = [(width * .55, height * .56), (width * .78, height * .46), (width * .96, height * .5),
            (width * .94, height * .78), (width * .7, height * .93), (width * .4, height * .9), (width * .38, height * .72)]
    for shape, name in ((bed, "1"), (bed2, "2")):
        body.append(f'<path {paint.fill(name)} d="{curve(shape, True)}"/>')
    for k in range(1, 5):
        for shape in (bed, bed2):
            cx = sum(p[0] for p in shape) / len(shape)
            cy = sum(p[1] for p in shape) / len(shape)
            f = 1 - .17 * k
            body.append(f'<path {paint.line("3", 1.5)} d="{curve([(cx + (x - cx) * f, cy + (y - cy) * f) for x, y in shape], True)}"/>')
    body.append(f'<path {paint.line("wall", 74)} d="{curve(path)}"/>')
    body.append(f'<path {paint.line("3", 2, " stroke-dasharray=" + chr(34) + "3 13" + chr(34))} d="{curve(path)}"/>')
    body.append(f'<ellipse {paint.fill("water")} cx="{num(width * .74)}" cy="{num(height * .68)}" rx="{num(width * .13)}" ry="{num(height * .07)}"/>')
    body.append(f'<ellipse {paint.line("wall", 3)} cx="{num(width * .74)}" cy="{num(height * .68)}" rx="{num(width * .1)}" ry="{num(height * .05)}"/>')
    crowns = []
    tries = 0
    while len(crowns) < 17 and tries < 600:
        tries += 1
        r = rng.uniform(34, 92)
        x, y = rng.uniform(30, width - 30), rng.uniform(30, height - 30)
        if all(math.hypot(x - a, y - b) > r + c + 4 for a, b, c in crowns) and \
                all(math.hypot(x - a, y - b) > r + 46 for a, b in path) and math.hypot((x - width * .74) / 1.2, y - height * .68) > r + 105:
            crowns.append((x, y, r))
    for i, (x, y, r) in enumerate(crowns):
        lobes = 11
        shape = [(x + math.cos(k / lobes * math.tau) * r * rng.uniform(.86, 1.06),
                  y + math.sin(k / lobes * math.tau) * r * rng.uniform(.86, 1.06)) for k in range(lobes)]
        body.append(f'<path {paint.fill("2" if i % 4 else "3", " opacity=" + chr(34) + ".35" + chr(34))} d="{curve([(a + r * .16, b + r * .2) for a, b in shape], True)}"/>')
        body.append(f'<path {paint.fill("sun" if i % 6 == 5 else str(3 + i % 3))} d="{curve(shape, True)}"/>')
        body.append(f'<circle {paint.fill("sky")} cx="{num(x)}" cy="{num(y)}" r="4"/>')
    return width, height, body


PORTRAITS = {
    # hair, skin, coat, ground, kind of hair
    "mara": ("#2b211c", "#d9a684", "#22594a", "#dfe6da", "bob"),
    "jonas": ("#8b5a2f", "#efc7a6", "#33424d", "#f0ddc8", "short"),
    "aylin": ("#1c1a1d", "#c68d63", "#c0673f", "#d9e0e6", "bun"),
    "tom": ("#b9b4aa", "#e6b896", "#4b4f3d", "#e7e2d2", "beard"),
}


def portrait(hair, skin, coat, ground, kind):
    """A person in six shapes."""
    shade = mix(skin, "#5b2c1c", .26)
    w, h = 800, 1000
    body = [f'<path fill="{ground}" d="M0 0h{w}v{h}H0z"/>',
            f'<circle fill="{mix(ground, "#ffffff", .45)}" cx="{520 if kind in ("bob", "beard") else 280}" cy="420" r="330"/>']
    back = {"bob": '<path fill="%s" d="M228 700c-30-120-28-250-8-330 24-100 96-156 182-156s164 58 184 158c18 84 18 210-12 328z"/>' % hair,
            "bun": '<circle fill="%s" cx="404" cy="196" r="84"/>' % hair,
            }.get(kind, "")
    body += [back,
             f'<path fill="{coat}" d="M60 1000c10-150 84-214 196-240l90-30h108l90 30c112 26 186 90 196 240z"/>',
             f'<path fill="{mix(coat, "#000000", .28)}" d="M346 730l54 130 54-130 44 14-98 256-98-256z"/>' if kind in ("short", "beard") else
             f'<path fill="{mix(coat, "#ffffff", .16)}" d="M300 744c30 56 66 82 100 82s70-26 100-82l40 13c-40 78-90 116-140 116s-100-38-140-116z"/>',
             f'<path fill="{shade}" d="M338 590h124v128c0 56-30 92-62 92s-62-36-62-92z"/>',
             f'<path fill="{skin}" d="M258 424c0-110 62-176 142-176s142 66 142 176c0 150-66 250-142 250s-142-100-142-250z"/>',
             f'<path fill="{shade}" d="M400 452c10 44 22 74 24 92-8 10-32 10-44 4 12-4 18-10 18-22 0-24-2-44 2-74z" opacity=".55"/>',
             f'<path fill="none" stroke="{mix(hair, "#3a2a20", .4)}" stroke-width="9" stroke-linecap="round" d="M304 424q26-20 56-6M440 418q30-14 56 6"/>',
             f'<g fill="#26201d"><ellipse cx="336" cy="458" rx="11" ry="13"/><ellipse cx="464" cy="458" rx="11" ry="13"/></g>',
             f'<path fill="none" stroke="{mix(shade, "#6a2a20", .4)}" stroke-width="10" stroke-linecap="round" d="M352 596q48 26 96 0"/>']
    if kind == "bob":
        body.append(f'<path fill="{hair}" d="M246 470c-14-130 40-232 154-232s168 100 154 232c-22-78-60-120-98-134-60 66-160 60-210 134z"/>')
    if kind == "short":
        body.append(f'<path fill="{hair}" d="M250 440c-18-44-16-126 24-172 42-50 176-66 232-8 46 46 56 124 42 178-10-54-30-84-52-104-70 22-160 18-204-8-20 24-36 62-42 114z"/>')
    if kind == "bun":
        body.append(f'<path fill="{hair}" d="M252 452c-20-120 34-216 148-216s168 96 148 216c-12-80-66-136-148-142-82 6-136 62-148 142z"/>')
    if kind == "beard":
        body.append(f'<path fill="{hair}" d="M256 450c-6 150 44 246 144 246s150-96 144-246c-10 70-34 108-70 112-44-16-104-16-148 0-36-4-60-42-70-112z"/>'
                    f'<path fill="{hair}" d="M254 424c-10-104 50-180 146-180s156 76 146 180c-14-66-46-108-66-118-60 20-112 16-160 0-24 16-52 54-66 118z"/>'
                    f'<path fill="none" stroke="#26201d" stroke-width="7" d="M288 458a48 44 0 1 0 96 0 48 44 0 1 0-96 0zM416 458a48 44 0 1 0 96 0 48 44 0 1 0-96 0zM384 452q16-10 32 0"/>')
    return w, h, body


def town_map(paint, seed, width=1200, height=900):
    """Streets, a river, a park and the place itself."""
    rng = random.Random(seed)
    river = [(-40, height * .74), (width * .2, height * .66), (width * .42, height * .72), (width * .62, height * .86), (width * .86, height * .82), (width + 40, height * .9)]
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<path {paint.fill("2")} d="M{point(width * .62, height * .1)}l{point(width * .25, -20)} {point(30, height * .3)} {point(-width * .2, height * .08)}z"/>',
            f'<path {paint.line("water", 74)} d="{curve(river)}"/>']
    streets = []
    for k in range(7):
        x = width * (.06 + .15 * k) + rng.uniform(-20, 20)
        streets.append(f"M{point(x, -10)}L{point(x + width * .1, height + 10)}")
    for k in range(5):
        y = height * (.08 + .15 * k) + rng.uniform(-14, 14)
        streets.append(f"M{point(-10, y + 60)}L{point(width + 10, y - 60)}")
    body.append(f'<path {paint.line("wall", 9)} d="{"".join(streets)}"/>')
    body.append(f'<path {paint.line("wall", 22)} d="M{point(-10, height * .5)}C{point(width * .3, height * .42)} {point(width * .5, height * .5)} {point(width + 10, height * .34)}M{point(width * .36, -10)}C{point(width * .42, height * .4)} {point(width * .4, height * .7)} {point(width * .5, height + 10)}"/>')
    trees = "".join(f"M{point(x - 9, y)}a9 9 0 1 1 18 0a9 9 0 1 1-18 0z" for x, y in
                    ((width * rng.uniform(.65, .84), height * rng.uniform(.13, .36)) for _ in range(20)))
    body.append(f'<path {paint.fill("3")} d="{trees}"/>')
    px, py = width * .47, height * .36
    body.append(f'<path {paint.fill("pin")} d="M{point(px, py)}c-16-34-44-56-44-92a44 44 0 1 1 88 0c0 36-28 58-44 92z"/>'
                f'<circle {paint.fill("sun")} cx="{num(px)}" cy="{num(py - 92)}" r="16"/>')
    return width, height, body


DAWN = {"sky": "#f3ece0", "sun": "#e9a35e", "1": "#cfdbcf", "2": "#a9c3b3", "3": "#7ea693", "4": "#54856f", "5": "#2f6552",
        "6": "#173f33", "wall": "#e4d3b8", "water": "#bcd3cf"}
DUSK = {"sky": "#f1d9c4", "sun": "#fff1d6", "1": "#d9b9a6", "2": "#b4959a", "3": "#85788c", "4": "#5a6079", "5": "#384a5e",
        "6": "#1d2f3c", "wall": "#e8cdae", "water": "#e3c3b1"}
NOON = {"sky": "#e4edee", "sun": "#f6cf72", "1": "#d3e0cd", "2": "#b7cda0", "3": "#8fb07a", "4": "#628f5e", "5": "#3d6d4a",
        "6": "#214734", "wall": "#efe6d4", "water": "#a9cbd3"}
RUST = {"sky": "#f4ecdd", "sun": "#d9763f", "1": "#ead8bd", "2": "#dcb98c", "3": "#c48f5e", "4": "#8f6a45", "5": "#5d5a3f",
        "6": "#34402f", "wall": "#f1e6d3", "water": "#c6d4cb"}


def drawings(root, pictures):
    """Inline in a page, so that the page's colours reach them."""
    for name, (w, h, body) in pictures.items():
        text = svg(w, h, body, ' class="art" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false"')
        write(root / f"snippets/art-{name}.liquid", text.replace(' xmlns="http://www.w3.org/2000/svg"', ""))


def folio():
    root = THEMES / "folio"
    scheme = Paint()
    drawings(root, {"hills": hills(scheme, 41, horizon=.52, sun=(.68, .36)), "lake": lake(scheme, 12, sun=(.68, .36), water=.71),
                    "forest": forest(scheme, 5, sun=(.66, .4), edge=.66),
                    "terraces": terraces(scheme, 8, sun=(.66, .33), crest=.53), "map": town_map(scheme, 3)})
    files = {
        "hillside-garden": terraces(Paint(DAWN), 21, 1600, 1200),
        "valley-morning": hills(Paint(DAWN), 6, 1600, 1200, .46),
        "lakeside-park": lake(Paint(DUSK), 4, 1600, 1200),
        "school-wood": forest(Paint(NOON), 9, 1600, 1200),
        "meadow-roof": meadow(Paint(NOON), 3),
        "autumn-meadow": meadow(Paint(RUST), 14),
        "fig-court": court(Paint(RUST), 2),
        "stone-court": court(Paint(DAWN), 7),
        "plan-orchard": plan(Paint(DAWN), 5),
        "plan-square": plan(Paint(RUST), 11),
        "plan-pond": plan(Paint(NOON), 16),
    }
    files |= {f"portrait-{name}": portrait(*look) for name, look in PORTRAITS.items()}
    w, h, body = hills(Paint(DAWN), 41, 1200, 630, .5)
    write(root / "assets/share.svg", svg(w, h, body, f' width="{w}" height="{h}"'))
    for name, (w, h, body) in files.items():
        write(root / MEDIA / f"{name}.svg", svg(w, h, body, f' width="{w}" height="{h}"'))


# ---------------------------------------------------------------- products

class Scene:
    """One light from the upper left, a tinted ground that bends into a wall, bodies from the back to the front."""

    def __init__(self, seed, ground, width=800, height=1000, tilt=.2, floor=.7):
        self.rng = random.Random(seed)
        self.w, self.h, self.tilt = width, height, tilt
        self.defs, self.body, self.known = [], [], {}
        wall, light = mix(ground, "#ffffff", .3), mix(ground, "#ffffff", .62)
        dark = mix(ground, "#4a3a30", .16)
        self.ground = ground
        self.body.append(f'<path fill="{self.linear([(0, wall), (floor - .12, mix(ground, wall, .5)), (floor, ground), (1, dark)])}" d="M0 0h{width}v{height}H0z"/>')
        self.body.append(f'<path fill="{self.radial([(0, light, .85), (1, light, 0)], .3, .22, .75)}" d="M0 0h{width}v{height}H0z"/>')

    def gradient(self, kind, stops, place):
        body = "".join(f'<stop offset="{num(100 * s[0])}%" stop-color="{s[1]}"' + (f' stop-opacity="{s[2]:.2g}"' if len(s) > 2 else "") + "/>" for s in stops)
        key = (kind, body, place)
        if key not in self.known:
            name = self.known[key] = f"g{len(self.known)}"
            self.defs.append(f'<{kind}Gradient id="{name}"{place}>{body}</{kind}Gradient>')
        return f"url(#{self.known[key]})"

    def linear(self, stops, x=0, y=1):
        return self.gradient("linear", stops, f' x1="0" y1="0" x2="{x}" y2="{y}"')

    def radial(self, stops, cx=.5, cy=.5, r=.5):
        return self.gradient("radial", stops, f' cx="{cx}" cy="{cy}" r="{r}"')

    def add(self, text):
        self.body.append(text)

    def shadow(self, x, y, r, length=1.5):
        """What stands takes light from the ground: dark where it touches, soft to the right."""
        cast = self.radial([(0, "#2b211c", .34), (.45, "#2b211c", .2), (1, "#2b211c", 0)])
        touch = self.radial([(0, "#1d1512", .75), (.6, "#1d1512", .5), (1, "#1d1512", 0)])
        ry = r * max(self.tilt, .16)
        self.add(f'<ellipse fill="{cast}" cx="{num(x + r * length * .62)}" cy="{num(y + ry * .35)}" rx="{num(r * (.9 + length * .6))}" ry="{num(ry * 1.55)}"/>'
                 f'<ellipse fill="{touch}" cx="{num(x + r * .05)}" cy="{num(y + ry * .06)}" rx="{num(r * 1.1)}" ry="{num(ry * 1.12)}"/>')

    def ring(self, x, y, r, h):
        return x, y - h * math.cos(self.tilt), r, max(r * math.sin(self.tilt), .1)

    def silhouette(self, x, y, profile, samples=17):
        """The outline of a turned body seen from a little above: the union of its rings."""
        rings = []
        for (r0, h0), (r1, h1) in zip(profile, profile[1:]):
            for k in range(12):
                rings.append(self.ring(x, y, r0 + (r1 - r0) * k / 12, h0 + (h1 - h0) * k / 12))
        rings.append(self.ring(x, y, *profile[-1]))
        top = min(cy - ry for _, cy, _, ry in rings)
        bottom = max(cy + ry for _, cy, _, ry in rings)
        right = []
        for k in range(samples + 1):
            t = (1 - math.cos(math.pi * k / samples)) / 2
            at = top + (bottom - top) * t
            half = max((r * math.sqrt(max(0, 1 - ((at - cy) / ry) ** 2)) for _, cy, r, ry in rings if abs(at - cy) <= ry), default=0)
            right.append((x + half, at))
        left = [(2 * x - px, py) for px, py in reversed(right)][1:-1]
        return curve(right + left, True)

    def turned(self, x, y, profile, colour, gloss=.4, dark=.42, shadow=True, speckle=0, length=1.5):
        profile = smooth(profile)
        if shadow:
            self.shadow(x, y, profile[0][0], length)
        d = self.silhouette(x, y, profile)
        shade = [(0, "#1b1410", dark * .5), (.1, "#1b1410", dark * .2), (.27, "#ffffff", gloss * .8), (.46, "#ffffff", gloss * .1),
                 (.62, "#1b1410", dark * .2), (.88, "#1b1410", dark), (1, "#1b1410", dark * .72)]
        side = self.linear([(at, mix(colour, to, amount)) for at, to, amount in shade], 1, 0)
        fall = self.linear([(0, "#fff", .2), (.4, "#fff", 0), (.7, "#1b1410", 0), (1, "#1b1410", .24)])
        self.add(f'<path fill="{side}" d="{d}"/><path fill="{fall}" d="{d}"/>')
        if speckle:
            self.speckle(x, y, profile, speckle, mix(colour, "#2a1d14", .5))

    def speckle(self, x, y, profile, count, colour):
        dots = []
        for _ in range(count if self.w < 1000 else count // 2):
            k = self.rng.randrange(len(profile) - 1)
            r, h = profile[k]
            a = self.rng.uniform(-1.35, 1.35)
            cx, cy, r, ry = self.ring(x, y, r, h)
            dots.append(f"M{point(cx + r * math.sin(a), cy + ry * math.cos(a))}h0")
        self.add(f'<path stroke="{colour}" stroke-opacity=".55" stroke-width="3.2" stroke-linecap="round" d="{"".join(dots)}"/>')

    def mouth(self, x, y, r, h, wall, colour, inside=None, fill=None, level=.75):
        """The rim, the hollow behind it and what stands in it."""
        cx, cy, r, ry = self.ring(x, y, r, h)
        inside = inside or mix(colour, "#20150f", .35)
        k = (r - wall) / r
        hollow = self.linear([(0, "#120c08", .5), (.55, "#120c08", .16), (.85, "#fff", .3), (1, "#fff", .12)], 1, 0)
        edge = self.linear([(0, "#fff", .55), (.5, "#fff", .25), (1, "#1b1410", .2)], 1, 0)
        base = f'cx="{num(cx)}" cy="{num(cy)}" rx="{num(r)}" ry="{num(ry)}"'
        inner = f'cx="{num(cx)}" cy="{num(cy + wall * .18)}" rx="{num(r * k)}" ry="{num(ry * k)}"'
        self.add(f'<ellipse fill="{mix(colour, "#ffffff", .12)}" {base}/><ellipse fill="{edge}" {base}/><ellipse fill="{inside}" {inner}/><ellipse fill="{hollow}" {inner}/>')
        if fill:
            drop = ry * k * (1 - level)
            f = 1 - (1 - level) * .12
            sheen = self.linear([(0, "#fff", .28), (.4, "#fff", 0), (1, "#000", .25)], 1, .3)
            spot = f'cx="{num(cx)}" cy="{num(cy + wall * .2 + drop)}" rx="{num(r * k * f)}" ry="{num(max(ry * k * f - drop, 2))}"'
            self.add(f'<ellipse fill="{fill}" {spot}/><ellipse fill="{sheen}" {spot}/>')

    def loop(self, d, width, colour):
        """A handle: a thick line with a lit edge."""
        self.add(f'<g fill="none" stroke-linecap="round"><path stroke="{mix(colour, "#1b1410", .42)}" stroke-width="{num(width)}" d="{d}"/>'
                 f'<path stroke="{mix(colour, "#1b1410", .12)}" stroke-width="{num(width * .74)}" transform="translate({num(-width * .09)} {num(-width * .09)})" d="{d}"/>'
                 f'<path stroke="#fff" stroke-opacity=".3" stroke-width="{num(width * .2)}" transform="translate({num(-width * .22)} {num(-width * .24)})" d="{d}"/></g>')

    # the things themselves

    def cup(self, x, y, s, colour, clay="#c9a98a", drink="#3a2114", handle=1):
        body = [(s * .7, 0), (s * .84, s * .1), (s * .93, s * .5), (s, s * 1.3), (s * 1.02, s * 1.55)]
        c = math.cos(self.tilt)
        if handle:
            hx = x + handle * s * .9
            self.shadow(x, y, s * .72)
            self.loop(f"M{point(hx, y - s * 1.22 * c)}c{num(handle * s * .75)} {num(-s * .1 * c)} {num(handle * s * .72)} {num(s * .8 * c)} {num(-handle * s * .02)} {num(s * .82 * c)}", s * .2, colour)
        self.turned(x, y, body, clay, .3, .4, not handle, 34)
        self.turned(x, y, [(r, h) for r, h in smooth(body) if h > s * .3], colour, .42, .42, False, 70)
        self.mouth(x, y, s * 1.02, s * 1.55, s * .085, colour, mix(colour, "#ffffff", .1), drink, .66)

    def bowl(self, x, y, s, colour, inside=None):
        body = [(s * .42, 0), (s * .45, s * .1), (s * .8, s * .3), (s * 1.1, s * .62), (s * 1.2, s * .86)]
        self.turned(x, y, body, colour, .34, .4, True, 60, 1.9)
        self.mouth(x, y, s * 1.2, s * .86, s * .06, colour, inside or mix(colour, "#ffffff", .25))

    def bottle(self, x, y, s, colour, cork="#b98a5e"):
        body = [(s * .74, 0), (s * .8, s * .08), (s * .82, s * 1.5), (s * .74, s * 2.05), (s * .4, s * 2.5), (s * .26, s * 2.8), (s * .25, s * 3.25), (s * .3, s * 3.3), (s * .3, s * 3.42)]
        self.turned(x, y, body, colour, .5, .46, True, 40, 1.9)
        self.mouth(x, y, s * .3, s * 3.42, s * .06, colour)
        if cork:
            self.turned(x, y - s * 3.36 * math.cos(self.tilt), [(s * .2, 0), (s * .24, s * .3)], cork, .2, .35, False, 16)
            cx, cy, r, ry = self.ring(x, y - s * 3.36 * math.cos(self.tilt), s * .24, s * .3)
            self.add(f'<ellipse fill="{mix(cork, "#ffffff", .25)}" cx="{num(cx)}" cy="{num(cy)}" rx="{num(r)}" ry="{num(ry)}"/>')

    def vase(self, x, y, s, colour, stems=True):
        body = [(s * .55, 0), (s * .68, s * .1), (s * 1.05, s * .8), (s * .98, s * 1.35), (s * .5, s * 1.85), (s * .4, s * 2.1), (s * .52, s * 2.3)]
        self.turned(x, y, body, colour, .4, .44, True, 80, 1.7)
        self.mouth(x, y, s * .52, s * 2.3, s * .07, colour)
        if stems:
            top = y - s * 2.3 * math.cos(self.tilt)
            lines, heads = [], []
            for k in range(9):
                lean = (k - 4) * s * .17 + self.rng.uniform(-8, 8)
                tall = s * self.rng.uniform(1.3, 2.1)
                x0 = x + (k - 4) * s * .06
                lines.append(f"M{point(x0, top)}q{num(lean * .2)} {num(-tall * .6)} {num(lean)} {num(-tall)}")
                for j in range(7):
                    t = .55 + j * .075
                    bx = x0 + 2 * (1 - t) * t * lean * .2 + t * t * lean
                    by = top + 2 * (1 - t) * t * -tall * .6 + t * t * -tall
                    side = 1 if j % 2 else -1
                    heads.append(f"M{point(bx, by)}q{num(side * s * .1)} {num(-s * .02)} {num(side * s * .12)} {num(-s * .14)}q{num(-side * s * .11)} {num(s * .03)} {num(-side * s * .12)} {num(s * .14)}z")
            self.add(f'<path fill="none" stroke="#6d6a45" stroke-width="{num(s * .024)}" stroke-linecap="round" d="{"".join(lines)}"/><path fill="#b9a25f" d="{"".join(heads)}"/>')

    def lamp(self, x, y, s, colour, shade, lit=True):
        if lit:
            glow = self.radial([(0, "#ffe9b8", .95), (.4, "#ffe2a6", .45), (1, "#ffdf9c", 0)])
            self.add(f'<ellipse fill="{glow}" cx="{num(x)}" cy="{num(y - s * .1)}" rx="{num(s * 2.5)}" ry="{num(s * 2.5 * max(self.tilt, .22))}"/>')
        self.turned(x, y, [(s * .66, 0), (s * .7, s * .06), (s * .66, s * .16), (s * .2, s * .3), (s * .15, s * .6), (s * .17, s * 1.75)], colour, .45, .45, True, 0, 1.4)
        dome = [(s * 1.3, s * 1.5), (s * 1.29, s * 1.62), (s * 1.18, s * 2.02), (s * .88, s * 2.38), (s * .46, s * 2.58), (s * .06, s * 2.64)]
        self.turned(x, y, dome, shade, .36, .34, False)
        if lit:
            d = self.silhouette(x, y, smooth(dome))
            warm = self.linear([(0, "#fff3cf", 0), (.5, "#ffe9b4", .12), (1, "#ffdf95", .9)])
            halo = self.radial([(0, "#fff0c4", .55), (1, "#fff0c4", 0)])
            self.add(f'<path fill="{warm}" d="{d}"/><ellipse fill="{halo}" cx="{num(x)}" cy="{num(y - s * 1.6)}" rx="{num(s * 2.3)}" ry="{num(s * 1.8)}"/>')

    def tote(self, x, y, s, colour, strap="#5b3a26", turn=0):
        """A bag of canvas; turn shows its side."""
        top, low, tall = s * .98, s * .86, s * 1.95
        dark = mix(colour, "#241a12", .34)
        self.shadow(x + s * .1, y, s * 1.02, 1.2)
        arch = s * 1.0
        self.add(f'<path fill="none" stroke="{mix(strap, "#000000", .35)}" stroke-width="{num(s * .11)}" d="M{point(x - s * .42 + turn * 26, y - tall * .9)}C{point(x - s * .4 + turn * 26, y - tall - arch)} {point(x + s * .44 + turn * 26, y - tall - arch)} {point(x + s * .46 + turn * 26, y - tall * .9)}"/>')
        back = f"M{point(x - top + turn * 30, y - tall - s * .1)}q{num(top)} {num(s * .12)} {num(2 * top)} {num(-s * .02)}v{num(s * .3)}h{num(-2 * top)}z"
        self.add(f'<path fill="{dark}" d="{back}"/>')
        if turn:
            self.add(f'<path fill="{dark}" d="M{point(x + top, y - tall)}l{num(s * .2)} {num(-s * .1)}q{num(s * .03)} {num(s * 1.0)} {num(-s * .1)} {num(tall * .98)}L{point(x + low * .8, y)}z"/>')
        front = (f"M{point(x - top, y - tall)}q{num(top)} {num(s * .16)} {num(2 * top)} 0c{num(-s * .02)} {num(tall * .4)} {num(s * .06)} {num(tall * .7)} {num(low - top)} {num(tall)}"
                 f"q{num(-low)} {num(s * .1)} {num(-2 * low)} 0c{num(-s * .16)} {num(-tall * .3)} {num(-s * .08)} {num(-tall * .6)} {num(low - top)} {num(-tall)}z")
        side = self.linear([(0, "#1b1410", .12), (.2, "#fff", .26), (.5, "#fff", 0), (.8, "#1b1410", .16), (1, "#1b1410", .34)], 1, .12)
        fall = self.linear([(0, "#fff", .12), (.5, "#fff", 0), (1, "#1b1410", .26)])
        self.add(f'<path fill="{colour}" d="{front}"/><path fill="{side}" d="{front}"/><path fill="{fall}" d="{front}"/>')
        folds = (f"M{point(x - s * .62, y - tall * .72)}c{num(s * .1)} {num(tall * .22)} {num(s * .02)} {num(tall * .4)} {num(-s * .08)} {num(tall * .6)}"
                 f"M{point(x + s * .2, y - tall * .6)}c{num(-s * .06)} {num(tall * .2)} {num(s * .1)} {num(tall * .34)} {num(s * .04)} {num(tall * .52)}"
                 f"M{point(x + s * .7, y - tall * .8)}c{num(-s * .08)} {num(tall * .3)} {num(s * .02)} {num(tall * .5)} {num(-s * .02)} {num(tall * .66)}")
        self.add(f'<path fill="none" stroke="#1b1410" stroke-opacity=".13" stroke-width="{num(s * .07)}" stroke-linecap="round" d="{folds}"/>'
                 f'<path fill="none" stroke="#fff" stroke-opacity=".16" stroke-width="{num(s * .035)}" stroke-linecap="round" transform="translate({num(-s * .06)} 0)" d="{folds}"/>')
        hem = f"M{point(x - top * .985, y - tall + s * .2)}q{num(top * .985)} {num(s * .16)} {num(top * 1.97)} 0"
        self.add(f'<path fill="none" stroke="{mix(colour, "#ffffff", .4)}" stroke-opacity=".75" stroke-width="{num(s * .016)}" stroke-dasharray="{num(s * .05)} {num(s * .035)}" d="{hem}"/>')
        handle = f"M{point(x - s * .46, y - tall * .8)}L{point(x - s * .44, y - tall)}C{point(x - s * .42, y - tall - arch * .92)} {point(x + s * .4, y - tall - arch * .92)} {point(x + s * .44, y - tall)}L{point(x + s * .46, y - tall * .8)}"
        self.add(f'<g fill="none"><path stroke="{mix(strap, "#000000", .25)}" stroke-width="{num(s * .13)}" d="{handle}"/><path stroke="{strap}" stroke-width="{num(s * .1)}" transform="translate({num(-s * .012)} 0)" d="{handle}"/>'
                 f'<path stroke="#fff" stroke-opacity=".22" stroke-width="{num(s * .02)}" transform="translate({num(-s * .04)} 0)" d="{handle}"/></g>')
        self.add(f'<path fill="{strap}" d="M{point(x + s * .4, y - tall * .42)}h{num(s * .3)}v{num(s * .2)}h{num(-s * .3)}z"/>')

    def board(self, x, y, width, depth, thick, wood="#c79a6b"):
        """A plank for things to stand on."""
        self.add(f'<ellipse fill="{self.radial([(0, "#2b211c", .4), (.6, "#2b211c", .25), (1, "#2b211c", 0)])}" cx="{num(x + 24)}" cy="{num(y + thick * .8)}" rx="{num(width * .6)}" ry="{num(depth * .8)}"/>')
        top = f"M{point(x - width / 2 + depth * .4, y - depth / 2)}h{num(width - depth * .8)}l{num(depth * .4)} {num(depth)}h{num(-width)}z"
        grain = "".join(f"M{point(x - width / 2 + depth * .3 * (1 - k / 5), y - depth / 2 + depth * k / 5)}q{num(width * .3)} {num(self.rng.uniform(-5, 5))} {num(width * .5)} 0t{num(width * .42)} 0" for k in range(1, 5))
        self.add(f'<path fill="{mix(wood, "#ffffff", .14)}" d="{top}"/><path fill="none" stroke="{mix(wood, "#5a3718", .35)}" stroke-opacity=".5" stroke-width="2" d="{grain}"/>'
                 f'<path fill="{mix(wood, "#4a2c14", .3)}" d="M{point(x - width / 2, y + depth / 2)}h{num(width)}v{num(thick)}h{num(-width)}z"/>')

    def svg(self):
        return svg(self.w, self.h, [f'<defs>{"".join(self.defs)}</defs>'] + self.body, f' width="{self.w}" height="{self.h}"')


def smooth(profile, pieces=5):
    """A profile with its corners rounded (Catmull-Rom)."""
    if len(profile) > 16:
        return profile
    out = []
    last = len(profile) - 1
    for i in range(last):
        p0, p1, p2, p3 = (profile[max(0, min(last, i + k))] for k in (-1, 0, 1, 2))
        for k in range(pieces):
            t = k / pieces
            out.append(tuple(.5 * (2 * p1[j] + (p2[j] - p0[j]) * t + (2 * p0[j] - 5 * p1[j] + 4 * p2[j] - p3[j]) * t * t
                                   + (3 * p1[j] - p0[j] - 3 * p2[j] + p3[j]) * t ** 3) for j in (0, 1)))
    return out + [profile[-1]]


def still(paint, seed, shelf=False, width=1600, height=1000):
    """Vessels as flat shapes in the scheme's colours; on boards for the second drawing."""
    shapes = Scene(seed, SAND, width, height, .14)
    cup = [(66, 0), (78, 12), (88, 50), (95, 130), (96, 150)]
    bowl = [(60, 0), (64, 14), (120, 46), (168, 96), (182, 130)]
    bottle = [(74, 0), (80, 8), (82, 170), (74, 225), (40, 270), (26, 300), (25, 345), (30, 350), (30, 366)]
    vase = [(60, 0), (74, 12), (115, 90), (108, 150), (55, 205), (44, 232), (57, 254)]
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>']

    def put(profile, x, y, size, name):
        profile = [(r * size, h * size) for r, h in profile]
        body.append(f'<path {paint.fill(name)} d="{shapes.silhouette(x, y, smooth(profile), 13)}"/>')
        rx, ry, r, flat = shapes.ring(x, y, *profile[-1])
        body.append(f'<ellipse {paint.fill(str(max(1, int(name) - 2)))} cx="{num(rx)}" cy="{num(ry)}" rx="{num(r)}" ry="{num(flat)}"/>')

    if shelf == "empty":
        for y in (.46, .93):
            body.append(f'<path {paint.fill("wall")} d="M{num(width * .08)} {num(height * y)}h{num(width * .84)}v{num(height * .045)}H{num(width * .08)}z"/>')
        put(cup, width * .7, height * .93, 1.15, "5")
        return width, height, body
    rows = ((.47, ((bottle, .2, .8, "4"), (vase, .42, .9, "3"), (bowl, .68, .8, "5"), (cup, .86, 1, "2"))),
            (.88, ((bowl, .2, 1, "2"), (cup, .41, 1.1, "5"), (bottle, .62, .8, "3"), (vase, .82, 1, "4")))) if shelf else \
        ((.84, ((bottle, .3, 1.5, "3"), (vase, .72, 1.45, "2"), (bowl, .52, 1.2, "4"), (cup, .82, 1.15, "6"), (cup, .2, 1.05, "5"))),)
    if not shelf:
        body.append(f'<circle {paint.fill("sun")} cx="{num(width * .53)}" cy="{num(height * .36)}" r="{num(height * .19)}"/>')
        body.append(f'<path {paint.fill("wall")} d="M0 {num(height * .78)}h{width}V{height}H0z"/>')
    for base, things in rows:
        y = height * base
        if shelf:
            body.append(f'<path {paint.fill("wall")} d="M{num(width * .08)} {num(y)}h{num(width * .84)}v{num(height * .03)}H{num(width * .08)}z"/>')
        for profile, x, size, name in things:
            put(profile, width * x, y if shelf else y + (20 if name in "56" else 0), size, name)
    return width, height, body


SAND, SAGE, CLAY, FOG, BUTTER = "#e2d6c6", "#cfd6c8", "#e3c7b5", "#d3d9dd", "#ecdcae"
COBALT, BRICK, MOSS, CREAM, INK = "#3346b8", "#b5543a", "#5f7350", "#efe6d6", "#3b3f46"


def counter():
    root = THEMES / "counter"
    scheme = Paint()
    drawings(root, {"still": still(scheme, 1), "shelf": still(scheme, 2, True), "empty": still(scheme, 3, "empty", 1600, 620), "map": town_map(scheme, 8)})
    made = {}

    def scene(name, seed, ground, **shape):
        made[name] = Scene(seed, ground, **shape)
        return made[name]

    low, high = .2, .62
    for name, tilt in (("", low), ("-above", high)):
        y = 760 if tilt == low else 700
        scene("cup-cobalt" + name, 1, SAND, tilt=tilt).cup(375, y, 165, COBALT)
        scene("bowl-moss" + name, 2, SAGE, tilt=tilt).bowl(400, y, 215, MOSS, "#c9d0b6")
        s = scene("bottle-brick" + name, 3, CLAY, tilt=tilt)
        s.bottle(400, y + 70, 150 if tilt == low else 160, BRICK)
        s = scene("lamp-cream" + name, 4, FOG, tilt=min(tilt, .4))
        s.lamp(400, y + (40 if tilt == low else 90), 190, INK, CREAM)
        s = scene("vase-cream" + name, 6, BUTTER, tilt=tilt)
        s.vase(400, y + 60, 150, CREAM)
    scene("tote-natural", 5, SAGE).tote(390, 800, 230, "#d9c7a6", "#6a4128")
    scene("tote-natural-above", 5, SAGE).tote(360, 800, 220, "#d9c7a6", "#6a4128", 1)
    scene("tote-cobalt", 8, BUTTER).tote(390, 800, 230, "#3b4fae", "#c79a6b")

    global DIGITS
    DIGITS = 0
    s = scene("table", 11, SAND, width=1600, height=1200, tilt=.24)
    s.vase(440, 830, 150, CREAM)
    s.bottle(1180, 850, 128, MOSS)
    s.bowl(880, 940, 200, BRICK, "#e6bfa8")
    s.cup(600, 1020, 118, COBALT)
    s = scene("evening", 12, FOG, width=1600, height=1200, tilt=.22)
    s.lamp(610, 900, 230, INK, CREAM)
    s.lamp(1110, 960, 150, BRICK, "#e9c9a6")
    s = scene("carry", 13, CLAY, width=1600, height=1200, tilt=.2)
    s.tote(1010, 930, 250, "#3b4fae", "#c79a6b")
    s.tote(570, 980, 270, "#d9c7a6", "#6a4128")
    s = scene("shelf", 14, BUTTER, width=1600, height=1200, tilt=.16)
    s.board(800, 900, 1300, 110, 46)
    s.bottle(330, 890, 104, COBALT)
    s.cup(580, 900, 92, CREAM)
    s.bowl(850, 905, 140, MOSS, "#c9d0b6")
    s.vase(1160, 890, 118, BRICK)
    s = scene("clay", 15, CLAY, width=1200, height=1200, tilt=.46)
    s.bowl(420, 560, 250, CREAM, "#f6efe2")
    s.bowl(880, 760, 190, BRICK, "#e6bfa8")
    s.cup(450, 1010, 150, MOSS, drink=None)
    share = Scene(14, BUTTER, 1200, 630, .16)
    share.cup(330, 480, 84, COBALT)
    share.bowl(600, 490, 130, MOSS, "#c9d0b6")
    share.bottle(880, 490, 84, BRICK)
    DIGITS = 1
    for name, picture in made.items():
        write(root / MEDIA / f"{name}.svg", picture.svg())
    write(root / "assets/share.svg", share.svg())


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{len(text.encode()):6d}  {path.relative_to(THEMES)}")


def main():
    wanted = sys.argv[1:] or ["folio", "counter"]
    for name in wanted:
        globals()[name]()


if __name__ == "__main__":
    main()
