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

def num(value):
    text = f"{value:.1f}".rstrip("0").rstrip(".")
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
    """A Catmull-Rom curve through the points as relative cubic Bézier pieces."""
    count = len(points)
    out = [f"M{point(*points[0])}c"]
    pieces = count if closed else count - 1
    parts = []
    for i in range(pieces):
        def at(k):
            return points[k % count] if closed else points[max(0, min(count - 1, k))]
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        c1 = ((p2[0] - p0[0]) / 6, (p2[1] - p0[1]) / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) / 6 - p1[0], p2[1] - (p3[1] - p1[1]) / 6 - p1[1])
        end = (p2[0] - p1[0], p2[1] - p1[1])
        parts.append(" ".join(point(*p) for p in (c1, c2, end)))
    return out[0] + " ".join(parts) + ("z" if closed else "")


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


def lake(paint, seed, width=1600, height=1000, sun=(.3, .3)):
    rng = random.Random(seed)
    shore = height * .6
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .085)}"/>']
    for i in range(3):
        line = ridge(rng, width, shore - height * (.17 - .06 * i), height * (.1 - .018 * i), .8 + .3 * i, 14)
        body.append(f'<path {paint.fill(str(i + 1))} d="{below(line, width, shore)}"/>')
    body.append(f'<path {paint.fill("water")} d="M0 {num(shore)}h{width}v{num(height - shore)}H0z"/>')
    glints = []
    for k in range(26):
        y = shore + height * .012 + (height - shore) * (k / 26) ** 1.4 * .9
        span = width * (.03 + .1 * rng.random()) * (.5 + k / 26)
        x = width * sun[0] + rng.gauss(0, width * (.012 + .05 * k / 26))
        glints.append(f"M{point(x - span / 2, y)}h{num(span)}")
    body.append(f'<path {paint.line("sun", 3.2 * height / 1000, " stroke-linecap=" + chr(34) + "round" + chr(34))} d="{"".join(glints)}"/>')
    bank = [(-40, height * .9), (width * .14, height * .85), (width * .33, height * .89), (width * .5, height * .965),
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


def forest(paint, seed, width=1600, height=1000, sun=(.62, .3)):
    rng = random.Random(seed)
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .09)}"/>']
    for i in range(5):
        base = height * (.5 + .115 * i)
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


def terraces(paint, seed, width=1600, height=1000, sun=(.24, .2)):
    """A slope cut into level beds, with hedges and a stair."""
    rng = random.Random(seed)
    body = [f'<path {paint.fill("sky")} d="M0 0h{width}v{height}H0z"/>',
            f'<circle {paint.fill("sun")} cx="{num(width * sun[0])}" cy="{num(height * sun[1])}" r="{num(height * .07)}"/>']
    line = ridge(rng, width, height * .42, height * .07, .8, 12)
    body.append(f'<path {paint.fill("1")} d="{below(line, width, height)}"/>')
    steps = 6
    for i in range(steps):
        y = height * (.44 + .56 * (i / steps) ** 1.25)
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
    body.append(f'<path {paint.fill("6")} d="M{point(px, py)}c-16-34-44-56-44-92a44 44 0 1 1 88 0c0 36-28 58-44 92z"/>'
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


def folio():
    root = THEMES / "folio"
    scheme = Paint()
    for name, picture in {"hills": hills(scheme, 41, horizon=.52), "lake": lake(scheme, 12), "forest": forest(scheme, 5),
                          "terraces": terraces(scheme, 8), "map": town_map(scheme, 3)}.items():
        w, h, body = picture
        body = svg(w, h, body, ' class="art" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false"')
        write(root / f"snippets/art-{name}.liquid", body.replace(' xmlns="http://www.w3.org/2000/svg"', ""))
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
