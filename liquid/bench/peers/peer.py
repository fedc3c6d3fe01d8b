"""python-liquid as a peer: see peer.rb for the protocol."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ["LIQUID_PARTS"], "python-liquid"))
from liquid import CachingFileSystemLoader, Environment  # noqa: E402

command, corpus, themes, last = sys.argv[1:5]
with open(os.path.join(corpus, "data.json"), encoding="utf-8") as file:
    data = json.load(file)
cpu = time.process_time_ns
for theme in themes.split(","):
    folder = os.path.join(corpus, theme)
    environment = Environment(loader=CachingFileSystemLoader(folder, ext=".liquid"), globals=data)
    sources = [open(os.path.join(folder, name), encoding="utf-8").read()
               for name in sorted(os.listdir(folder))]
    with open(os.path.join(folder, "main.liquid"), encoding="utf-8") as file:
        template = environment.from_string(file.read())
    if command == "output":
        with open(last, "w", encoding="utf-8") as file:
            file.write(template.render())
        continue
    rounds = int(last)
    start = cpu()
    for _ in range(rounds):
        for source in sources:
            environment.from_string(source)
    parse = (cpu() - start) // rounds
    template.render()
    start = cpu()
    for _ in range(rounds):
        template.render()
    print(theme, parse, (cpu() - start) // rounds)
