#!/bin/sh
# Writes docs/gallery.md and its figures: every scenario with the command in its file's line "# gallery: …"; and docs/laws.md.
# With names of scenarios, only the figures of these are drawn anew.
set -eu

root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)
figures=$root/docs/images/gallery
page=$root/docs/gallery.md
wanted=" $* "
mkdir -p "$figures"
cd "$figures"

{
    echo "# Gallery"
    echo
    echo "Every built-in scenario with a command and what it gives. This page is written by \`docs/gallery.sh\` from the scenario files; do not edit it."
} > "$page"

for file in "$root"/scenarios/*.yaml; do
    name=$(sed -n 's/^scenario: *//p' "$file")
    summary=$(sed -n 's/^summary: *//p' "$file" | sed 's/^"//; s/"$//')
    command=$(sed -n 's/^# gallery: *//p' "$file")
    [ -n "$command" ] || { echo "$file has no line '# gallery: …'" >&2; exit 1; }
    output=
    case $wanted in
        "  " | *" $name "*) draw=yes ;;
        *) draw=no ;;
    esac
    if [ "$draw" = yes ] || [ ! -f "$name.png" ]; then
        # The line is words without quotes, so that it can be split here as it would be in a shell.
        # shellcheck disable=SC2086
        output=$(NO_COLOR=1 "$root/calciumsweep" $command)
    fi
    {
        printf '\n## %s\n\n%s\n\n```sh\ncalciumsweep %s\n```\n\n' "$name" "$summary" "$command"
        if [ -f "$name.png" ]; then
            printf '![%s](images/gallery/%s.png)\n' "$name" "$name"
        else
            printf '```text\n%s\n```\n' "$(printf '%s\n' "$output" | sed 's/ *$//')"
        fi
    } >> "$page"
done

{
    echo "# The laws"
    echo
    echo "What \`calciumsweep describe mechanisms\` says. This page is written by \`docs/gallery.sh\` from the mechanisms' files; do not edit it."
    echo
    "$root/calciumsweep" describe mechanisms | sed 's/^\([^ ]*\) *\(.*\)$/- `\1`: \2/'
} > "$root/docs/laws.md"
