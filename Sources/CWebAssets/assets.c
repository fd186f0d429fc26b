// Written by bin/lib/embed-assets.sh: every file of web/, in order.
#include "CWebAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "web/components/x-connection.js"
};

static const unsigned char file1[] = {
#embed "web/components/x-fairness.js"
};

static const unsigned char file2[] = {
#embed "web/components/x-help.js"
};

static const unsigned char file3[] = {
#embed "web/components/x-inspector.js"
};

static const unsigned char file4[] = {
#embed "web/components/x-journal-entry.js"
};

static const unsigned char file5[] = {
#embed "web/components/x-journal-table.js"
};

static const unsigned char file6[] = {
#embed "web/components/x-palette.js"
};

static const unsigned char file7[] = {
#embed "web/components/x-roll-body.js"
};

static const unsigned char file8[] = {
#embed "web/components/x-roll-form.js"
};

static const unsigned char file9[] = {
#embed "web/components/x-roll-list.js"
};

static const unsigned char file10[] = {
#embed "web/components/x-roll-result.js"
};

static const unsigned char file11[] = {
#embed "web/components/x-roll-tree.js"
};

static const unsigned char file12[] = {
#embed "web/components/x-roll.js"
};

static const unsigned char file13[] = {
#embed "web/components/x-seed-line.js"
};

static const unsigned char file14[] = {
#embed "web/components/x-shell.js"
};

static const unsigned char file15[] = {
#embed "web/components/x-toast.js"
};

static const unsigned char file16[] = {
#embed "web/components/x-variables.js"
};

static const unsigned char file17[] = {
#embed "web/components/x-workspace-name.js"
};

static const unsigned char file18[] = {
#embed "web/css/base.css"
};

static const unsigned char file19[] = {
#embed "web/css/controls.css"
};

static const unsigned char file20[] = {
#embed "web/css/dice.css"
};

static const unsigned char file21[] = {
#embed "web/css/journal.css"
};

static const unsigned char file22[] = {
#embed "web/css/overlays.css"
};

static const unsigned char file23[] = {
#embed "web/css/print.css"
};

static const unsigned char file24[] = {
#embed "web/css/roll.css"
};

static const unsigned char file25[] = {
#embed "web/css/settings.css"
};

static const unsigned char file26[] = {
#embed "web/css/shell.css"
};

static const unsigned char file27[] = {
#embed "web/css/sign-in.css"
};

static const unsigned char file28[] = {
#embed "web/css/tokens.css"
};

static const unsigned char file29[] = {
#embed "web/favicon.svg"
};

static const unsigned char file30[] = {
#embed "web/icons.svg"
};

static const unsigned char file31[] = {
#embed "web/lib/address.js"
};

static const unsigned char file32[] = {
#embed "web/lib/api.js"
};

static const unsigned char file33[] = {
#embed "web/lib/command-lists.js"
};

static const unsigned char file34[] = {
#embed "web/lib/confirm.js"
};

static const unsigned char file35[] = {
#embed "web/lib/cursor.js"
};

static const unsigned char file36[] = {
#embed "web/lib/events.js"
};

static const unsigned char file37[] = {
#embed "web/lib/facts.js"
};

static const unsigned char file38[] = {
#embed "web/lib/fairness.js"
};

static const unsigned char file39[] = {
#embed "web/lib/field-errors.js"
};

static const unsigned char file40[] = {
#embed "web/lib/format.js"
};

static const unsigned char file41[] = {
#embed "web/lib/h.js"
};

static const unsigned char file42[] = {
#embed "web/lib/journal-rows.js"
};

static const unsigned char file43[] = {
#embed "web/lib/keyboard.js"
};

static const unsigned char file44[] = {
#embed "web/lib/keys.js"
};

static const unsigned char file45[] = {
#embed "web/lib/notation.js"
};

static const unsigned char file46[] = {
#embed "web/lib/page.js"
};

static const unsigned char file47[] = {
#embed "web/lib/plural.js"
};

static const unsigned char file48[] = {
#embed "web/lib/preferences.js"
};

static const unsigned char file49[] = {
#embed "web/lib/problem.js"
};

static const unsigned char file50[] = {
#embed "web/lib/roll-details.js"
};

static const unsigned char file51[] = {
#embed "web/lib/roll-tree.js"
};

static const unsigned char file52[] = {
#embed "web/lib/rolls.js"
};

static const unsigned char file53[] = {
#embed "web/lib/row-status.js"
};

static const unsigned char file54[] = {
#embed "web/lib/sign-in-code.js"
};

static const unsigned char file55[] = {
#embed "web/lib/submission.js"
};

static const unsigned char file56[] = {
#embed "web/lib/theme.js"
};

static const unsigned char file57[] = {
#embed "web/lib/ui.js"
};

static const unsigned char file58[] = {
#embed "web/lib/undo.js"
};

static const unsigned char file59[] = {
#embed "web/lib/undoing.js"
};

static const unsigned char file60[] = {
#embed "web/lib/variables.js"
};

static const unsigned char file61[] = {
#embed "web/pages/dice.html"
};

static const unsigned char file62[] = {
#embed "web/pages/dice.js"
};

static const unsigned char file63[] = {
#embed "web/pages/journal.html"
};

static const unsigned char file64[] = {
#embed "web/pages/journal.js"
};

static const unsigned char file65[] = {
#embed "web/pages/settings.html"
};

static const unsigned char file66[] = {
#embed "web/pages/settings.js"
};

static const unsigned char file67[] = {
#embed "web/pages/sign-in.html"
};

static const unsigned char file68[] = {
#embed "web/pages/sign-in.js"
};

static const struct WebAsset files[] = {
    {"components/x-connection.js", file0, sizeof file0},
    {"components/x-fairness.js", file1, sizeof file1},
    {"components/x-help.js", file2, sizeof file2},
    {"components/x-inspector.js", file3, sizeof file3},
    {"components/x-journal-entry.js", file4, sizeof file4},
    {"components/x-journal-table.js", file5, sizeof file5},
    {"components/x-palette.js", file6, sizeof file6},
    {"components/x-roll-body.js", file7, sizeof file7},
    {"components/x-roll-form.js", file8, sizeof file8},
    {"components/x-roll-list.js", file9, sizeof file9},
    {"components/x-roll-result.js", file10, sizeof file10},
    {"components/x-roll-tree.js", file11, sizeof file11},
    {"components/x-roll.js", file12, sizeof file12},
    {"components/x-seed-line.js", file13, sizeof file13},
    {"components/x-shell.js", file14, sizeof file14},
    {"components/x-toast.js", file15, sizeof file15},
    {"components/x-variables.js", file16, sizeof file16},
    {"components/x-workspace-name.js", file17, sizeof file17},
    {"css/base.css", file18, sizeof file18},
    {"css/controls.css", file19, sizeof file19},
    {"css/dice.css", file20, sizeof file20},
    {"css/journal.css", file21, sizeof file21},
    {"css/overlays.css", file22, sizeof file22},
    {"css/print.css", file23, sizeof file23},
    {"css/roll.css", file24, sizeof file24},
    {"css/settings.css", file25, sizeof file25},
    {"css/shell.css", file26, sizeof file26},
    {"css/sign-in.css", file27, sizeof file27},
    {"css/tokens.css", file28, sizeof file28},
    {"favicon.svg", file29, sizeof file29},
    {"icons.svg", file30, sizeof file30},
    {"lib/address.js", file31, sizeof file31},
    {"lib/api.js", file32, sizeof file32},
    {"lib/command-lists.js", file33, sizeof file33},
    {"lib/confirm.js", file34, sizeof file34},
    {"lib/cursor.js", file35, sizeof file35},
    {"lib/events.js", file36, sizeof file36},
    {"lib/facts.js", file37, sizeof file37},
    {"lib/fairness.js", file38, sizeof file38},
    {"lib/field-errors.js", file39, sizeof file39},
    {"lib/format.js", file40, sizeof file40},
    {"lib/h.js", file41, sizeof file41},
    {"lib/journal-rows.js", file42, sizeof file42},
    {"lib/keyboard.js", file43, sizeof file43},
    {"lib/keys.js", file44, sizeof file44},
    {"lib/notation.js", file45, sizeof file45},
    {"lib/page.js", file46, sizeof file46},
    {"lib/plural.js", file47, sizeof file47},
    {"lib/preferences.js", file48, sizeof file48},
    {"lib/problem.js", file49, sizeof file49},
    {"lib/roll-details.js", file50, sizeof file50},
    {"lib/roll-tree.js", file51, sizeof file51},
    {"lib/rolls.js", file52, sizeof file52},
    {"lib/row-status.js", file53, sizeof file53},
    {"lib/sign-in-code.js", file54, sizeof file54},
    {"lib/submission.js", file55, sizeof file55},
    {"lib/theme.js", file56, sizeof file56},
    {"lib/ui.js", file57, sizeof file57},
    {"lib/undo.js", file58, sizeof file58},
    {"lib/undoing.js", file59, sizeof file59},
    {"lib/variables.js", file60, sizeof file60},
    {"pages/dice.html", file61, sizeof file61},
    {"pages/dice.js", file62, sizeof file62},
    {"pages/journal.html", file63, sizeof file63},
    {"pages/journal.js", file64, sizeof file64},
    {"pages/settings.html", file65, sizeof file65},
    {"pages/settings.js", file66, sizeof file66},
    {"pages/sign-in.html", file67, sizeof file67},
    {"pages/sign-in.js", file68, sizeof file68},
    {0, 0, 0},
};

size_t web_assets_count(void) { return sizeof files / sizeof files[0] - 1; }

struct WebAsset web_assets_at(size_t index) {
  return files[index < web_assets_count() ? index : web_assets_count()];
}
