#!/bin/sh
# Turn spec/ into generated/ and supervisely_ext/blocking.py, and say what breaks since the last release (spec/released.json, when there is one).
# With --check: change nothing, fail when they are not what the spec and the Async classes give.
set -eu
cd "$(dirname "$0")"
PATH="$PWD/.venv/bin:$PATH"

check=
case "$*" in
  "") ;;
  --check) check=1 ;;
  *) echo "usage: ./codegen.sh [--check]" >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
package=$work/generated/supervisely_client
mkdir "$work/generated"

python spec/tools/bundle.py spec/openapi.yaml "$work/openapi.json" "$work/view.json"
python spec/tools/lint.py "$work/openapi.json"
openapi-python-client generate --path "$work/view.json" --config spec/generator.yaml --custom-template-path spec/templates \
  --meta none --output-path "$package" --fail-on-warning >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
python spec/tools/package.py "$work/openapi.json" "$package"
python spec/tools/blocking.py supervisely_ext "$work/blocking.py"
ruff check --isolated --no-cache --quiet --fix-only --select F401,UP037,I001 --target-version py311 "$package" "$work/blocking.py"
ruff format --isolated --no-cache --quiet --line-length 120 "$package" "$work/blocking.py"

if [ -n "$check" ]; then
  diff -r --brief --exclude=__pycache__ "$work/generated" generated >"$work/diff" 2>&1 || true
  cmp -s "$work/blocking.py" supervisely_ext/blocking.py || echo "supervisely_ext/blocking.py differs" >>"$work/diff"
  [ ! -s "$work/diff" ] && exit 0
  sed "s|$work/||g" "$work/diff" >&2
  echo "codegen: not what spec/ and the Async classes give; run ./codegen.sh" >&2
  exit 1
fi

rm -rf generated
mv "$work/generated" generated
cp "$work/blocking.py" supervisely_ext/blocking.py

# A report, which stops nothing: that is up to spec/tools/release.py. Not with --check, which is silent unless something is to be done.
bundle=generated/supervisely_client/openapi.json
if [ -f spec/released.json ] && ! cmp -s spec/released.json "$bundle"; then
  python -m supervisely_ext.cli spec diff spec/released.json "$bundle" >"$work/changes" || true
  if grep -qvx "no changes" "$work/changes"; then
    echo "Since the last release (docs/changing-the-api.md says how to go on):"
    cat "$work/changes"
  fi
fi
