// Written by bin/lib/embed-assets.sh: every file of web/, in order.
#include "CWebAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "web/components/x-budgets.js"
};

static const unsigned char file1[] = {
#embed "web/components/x-cache.js"
};

static const unsigned char file2[] = {
#embed "web/components/x-call-trace.js"
};

static const unsigned char file3[] = {
#embed "web/components/x-calls.js"
};

static const unsigned char file4[] = {
#embed "web/components/x-card.js"
};

static const unsigned char file5[] = {
#embed "web/components/x-composer.js"
};

static const unsigned char file6[] = {
#embed "web/components/x-connection.js"
};

static const unsigned char file7[] = {
#embed "web/components/x-fairness.js"
};

static const unsigned char file8[] = {
#embed "web/components/x-gateway-keys.js"
};

static const unsigned char file9[] = {
#embed "web/components/x-help.js"
};

static const unsigned char file10[] = {
#embed "web/components/x-inspector.js"
};

static const unsigned char file11[] = {
#embed "web/components/x-journal-entry.js"
};

static const unsigned char file12[] = {
#embed "web/components/x-journal-table.js"
};

static const unsigned char file13[] = {
#embed "web/components/x-key-form.js"
};

static const unsigned char file14[] = {
#embed "web/components/x-key-made.js"
};

static const unsigned char file15[] = {
#embed "web/components/x-local-servers.js"
};

static const unsigned char file16[] = {
#embed "web/components/x-models.js"
};

static const unsigned char file17[] = {
#embed "web/components/x-odds.js"
};

static const unsigned char file18[] = {
#embed "web/components/x-palette.js"
};

static const unsigned char file19[] = {
#embed "web/components/x-readings.js"
};

static const unsigned char file20[] = {
#embed "web/components/x-rehearsal.js"
};

static const unsigned char file21[] = {
#embed "web/components/x-roll-body.js"
};

static const unsigned char file22[] = {
#embed "web/components/x-roll-form.js"
};

static const unsigned char file23[] = {
#embed "web/components/x-roll-list.js"
};

static const unsigned char file24[] = {
#embed "web/components/x-roll-result.js"
};

static const unsigned char file25[] = {
#embed "web/components/x-roll-tree.js"
};

static const unsigned char file26[] = {
#embed "web/components/x-roll.js"
};

static const unsigned char file27[] = {
#embed "web/components/x-routes.js"
};

static const unsigned char file28[] = {
#embed "web/components/x-run-inspector.js"
};

static const unsigned char file29[] = {
#embed "web/components/x-seed-line.js"
};

static const unsigned char file30[] = {
#embed "web/components/x-sheet.js"
};

static const unsigned char file31[] = {
#embed "web/components/x-shell.js"
};

static const unsigned char file32[] = {
#embed "web/components/x-spend.js"
};

static const unsigned char file33[] = {
#embed "web/components/x-step.js"
};

static const unsigned char file34[] = {
#embed "web/components/x-story.js"
};

static const unsigned char file35[] = {
#embed "web/components/x-toast.js"
};

static const unsigned char file36[] = {
#embed "web/components/x-turn.js"
};

static const unsigned char file37[] = {
#embed "web/components/x-variables.js"
};

static const unsigned char file38[] = {
#embed "web/components/x-workspace-name.js"
};

static const unsigned char file39[] = {
#embed "web/css/base.css"
};

static const unsigned char file40[] = {
#embed "web/css/calls.css"
};

static const unsigned char file41[] = {
#embed "web/css/controls.css"
};

static const unsigned char file42[] = {
#embed "web/css/dice.css"
};

static const unsigned char file43[] = {
#embed "web/css/journal.css"
};

static const unsigned char file44[] = {
#embed "web/css/overlays.css"
};

static const unsigned char file45[] = {
#embed "web/css/play.css"
};

static const unsigned char file46[] = {
#embed "web/css/print.css"
};

static const unsigned char file47[] = {
#embed "web/css/propose.css"
};

static const unsigned char file48[] = {
#embed "web/css/roll.css"
};

static const unsigned char file49[] = {
#embed "web/css/settings.css"
};

static const unsigned char file50[] = {
#embed "web/css/shell.css"
};

static const unsigned char file51[] = {
#embed "web/css/sign-in.css"
};

static const unsigned char file52[] = {
#embed "web/css/start.css"
};

static const unsigned char file53[] = {
#embed "web/css/tokens.css"
};

static const unsigned char file54[] = {
#embed "web/favicon.svg"
};

static const unsigned char file55[] = {
#embed "web/icons.svg"
};

static const unsigned char file56[] = {
#embed "web/lib/address.js"
};

static const unsigned char file57[] = {
#embed "web/lib/amounts.js"
};

static const unsigned char file58[] = {
#embed "web/lib/api.js"
};

static const unsigned char file59[] = {
#embed "web/lib/budgets.js"
};

static const unsigned char file60[] = {
#embed "web/lib/call-view.js"
};

static const unsigned char file61[] = {
#embed "web/lib/call-words.js"
};

static const unsigned char file62[] = {
#embed "web/lib/command-lists.js"
};

static const unsigned char file63[] = {
#embed "web/lib/confirm.js"
};

static const unsigned char file64[] = {
#embed "web/lib/copy.js"
};

static const unsigned char file65[] = {
#embed "web/lib/cursor.js"
};

static const unsigned char file66[] = {
#embed "web/lib/drafts.js"
};

static const unsigned char file67[] = {
#embed "web/lib/events.js"
};

static const unsigned char file68[] = {
#embed "web/lib/facts.js"
};

static const unsigned char file69[] = {
#embed "web/lib/fairness.js"
};

static const unsigned char file70[] = {
#embed "web/lib/field-controls.js"
};

static const unsigned char file71[] = {
#embed "web/lib/field-errors.js"
};

static const unsigned char file72[] = {
#embed "web/lib/format.js"
};

static const unsigned char file73[] = {
#embed "web/lib/gateway-keys.js"
};

static const unsigned char file74[] = {
#embed "web/lib/h.js"
};

static const unsigned char file75[] = {
#embed "web/lib/journal-rows.js"
};

static const unsigned char file76[] = {
#embed "web/lib/key-shapes.js"
};

static const unsigned char file77[] = {
#embed "web/lib/keyboard.js"
};

static const unsigned char file78[] = {
#embed "web/lib/keys.js"
};

static const unsigned char file79[] = {
#embed "web/lib/modes.js"
};

static const unsigned char file80[] = {
#embed "web/lib/no-campaign.js"
};

static const unsigned char file81[] = {
#embed "web/lib/notation.js"
};

static const unsigned char file82[] = {
#embed "web/lib/odds.js"
};

static const unsigned char file83[] = {
#embed "web/lib/outlook.js"
};

static const unsigned char file84[] = {
#embed "web/lib/page.js"
};

static const unsigned char file85[] = {
#embed "web/lib/play-keys.js"
};

static const unsigned char file86[] = {
#embed "web/lib/plural.js"
};

static const unsigned char file87[] = {
#embed "web/lib/preferences.js"
};

static const unsigned char file88[] = {
#embed "web/lib/problem.js"
};

static const unsigned char file89[] = {
#embed "web/lib/proposal-draft.js"
};

static const unsigned char file90[] = {
#embed "web/lib/proposal-editor.js"
};

static const unsigned char file91[] = {
#embed "web/lib/proposal-faults.js"
};

static const unsigned char file92[] = {
#embed "web/lib/proposal-store.js"
};

static const unsigned char file93[] = {
#embed "web/lib/roll-details.js"
};

static const unsigned char file94[] = {
#embed "web/lib/roll-tree.js"
};

static const unsigned char file95[] = {
#embed "web/lib/rolls.js"
};

static const unsigned char file96[] = {
#embed "web/lib/routes.js"
};

static const unsigned char file97[] = {
#embed "web/lib/row-status.js"
};

static const unsigned char file98[] = {
#embed "web/lib/run-cards.js"
};

static const unsigned char file99[] = {
#embed "web/lib/run-words.js"
};

static const unsigned char file100[] = {
#embed "web/lib/runs.js"
};

static const unsigned char file101[] = {
#embed "web/lib/sample-campaign.js"
};

static const unsigned char file102[] = {
#embed "web/lib/sampling.js"
};

static const unsigned char file103[] = {
#embed "web/lib/scene-bar.js"
};

static const unsigned char file104[] = {
#embed "web/lib/scene-choices.js"
};

static const unsigned char file105[] = {
#embed "web/lib/scene-panel.js"
};

static const unsigned char file106[] = {
#embed "web/lib/scene.js"
};

static const unsigned char file107[] = {
#embed "web/lib/schema-fields.js"
};

static const unsigned char file108[] = {
#embed "web/lib/sheet-words.js"
};

static const unsigned char file109[] = {
#embed "web/lib/sign-in-code.js"
};

static const unsigned char file110[] = {
#embed "web/lib/speaker.js"
};

static const unsigned char file111[] = {
#embed "web/lib/spell-steps.js"
};

static const unsigned char file112[] = {
#embed "web/lib/spend.js"
};

static const unsigned char file113[] = {
#embed "web/lib/starters.js"
};

static const unsigned char file114[] = {
#embed "web/lib/submission.js"
};

static const unsigned char file115[] = {
#embed "web/lib/theme.js"
};

static const unsigned char file116[] = {
#embed "web/lib/took.js"
};

static const unsigned char file117[] = {
#embed "web/lib/turn-actions.js"
};

static const unsigned char file118[] = {
#embed "web/lib/ui.js"
};

static const unsigned char file119[] = {
#embed "web/lib/undo.js"
};

static const unsigned char file120[] = {
#embed "web/lib/undoing.js"
};

static const unsigned char file121[] = {
#embed "web/lib/upstream-words.js"
};

static const unsigned char file122[] = {
#embed "web/lib/variables.js"
};

static const unsigned char file123[] = {
#embed "web/pages/about.html"
};

static const unsigned char file124[] = {
#embed "web/pages/about.js"
};

static const unsigned char file125[] = {
#embed "web/pages/calls.html"
};

static const unsigned char file126[] = {
#embed "web/pages/calls.js"
};

static const unsigned char file127[] = {
#embed "web/pages/dice.html"
};

static const unsigned char file128[] = {
#embed "web/pages/dice.js"
};

static const unsigned char file129[] = {
#embed "web/pages/journal.html"
};

static const unsigned char file130[] = {
#embed "web/pages/journal.js"
};

static const unsigned char file131[] = {
#embed "web/pages/play.html"
};

static const unsigned char file132[] = {
#embed "web/pages/play.js"
};

static const unsigned char file133[] = {
#embed "web/pages/propose.html"
};

static const unsigned char file134[] = {
#embed "web/pages/propose.js"
};

static const unsigned char file135[] = {
#embed "web/pages/settings.html"
};

static const unsigned char file136[] = {
#embed "web/pages/settings.js"
};

static const unsigned char file137[] = {
#embed "web/pages/sign-in.html"
};

static const unsigned char file138[] = {
#embed "web/pages/sign-in.js"
};

static const unsigned char file139[] = {
#embed "web/pages/start.html"
};

static const unsigned char file140[] = {
#embed "web/pages/start.js"
};

static const struct WebAsset files[] = {
    {"components/x-budgets.js", file0, sizeof file0},
    {"components/x-cache.js", file1, sizeof file1},
    {"components/x-call-trace.js", file2, sizeof file2},
    {"components/x-calls.js", file3, sizeof file3},
    {"components/x-card.js", file4, sizeof file4},
    {"components/x-composer.js", file5, sizeof file5},
    {"components/x-connection.js", file6, sizeof file6},
    {"components/x-fairness.js", file7, sizeof file7},
    {"components/x-gateway-keys.js", file8, sizeof file8},
    {"components/x-help.js", file9, sizeof file9},
    {"components/x-inspector.js", file10, sizeof file10},
    {"components/x-journal-entry.js", file11, sizeof file11},
    {"components/x-journal-table.js", file12, sizeof file12},
    {"components/x-key-form.js", file13, sizeof file13},
    {"components/x-key-made.js", file14, sizeof file14},
    {"components/x-local-servers.js", file15, sizeof file15},
    {"components/x-models.js", file16, sizeof file16},
    {"components/x-odds.js", file17, sizeof file17},
    {"components/x-palette.js", file18, sizeof file18},
    {"components/x-readings.js", file19, sizeof file19},
    {"components/x-rehearsal.js", file20, sizeof file20},
    {"components/x-roll-body.js", file21, sizeof file21},
    {"components/x-roll-form.js", file22, sizeof file22},
    {"components/x-roll-list.js", file23, sizeof file23},
    {"components/x-roll-result.js", file24, sizeof file24},
    {"components/x-roll-tree.js", file25, sizeof file25},
    {"components/x-roll.js", file26, sizeof file26},
    {"components/x-routes.js", file27, sizeof file27},
    {"components/x-run-inspector.js", file28, sizeof file28},
    {"components/x-seed-line.js", file29, sizeof file29},
    {"components/x-sheet.js", file30, sizeof file30},
    {"components/x-shell.js", file31, sizeof file31},
    {"components/x-spend.js", file32, sizeof file32},
    {"components/x-step.js", file33, sizeof file33},
    {"components/x-story.js", file34, sizeof file34},
    {"components/x-toast.js", file35, sizeof file35},
    {"components/x-turn.js", file36, sizeof file36},
    {"components/x-variables.js", file37, sizeof file37},
    {"components/x-workspace-name.js", file38, sizeof file38},
    {"css/base.css", file39, sizeof file39},
    {"css/calls.css", file40, sizeof file40},
    {"css/controls.css", file41, sizeof file41},
    {"css/dice.css", file42, sizeof file42},
    {"css/journal.css", file43, sizeof file43},
    {"css/overlays.css", file44, sizeof file44},
    {"css/play.css", file45, sizeof file45},
    {"css/print.css", file46, sizeof file46},
    {"css/propose.css", file47, sizeof file47},
    {"css/roll.css", file48, sizeof file48},
    {"css/settings.css", file49, sizeof file49},
    {"css/shell.css", file50, sizeof file50},
    {"css/sign-in.css", file51, sizeof file51},
    {"css/start.css", file52, sizeof file52},
    {"css/tokens.css", file53, sizeof file53},
    {"favicon.svg", file54, sizeof file54},
    {"icons.svg", file55, sizeof file55},
    {"lib/address.js", file56, sizeof file56},
    {"lib/amounts.js", file57, sizeof file57},
    {"lib/api.js", file58, sizeof file58},
    {"lib/budgets.js", file59, sizeof file59},
    {"lib/call-view.js", file60, sizeof file60},
    {"lib/call-words.js", file61, sizeof file61},
    {"lib/command-lists.js", file62, sizeof file62},
    {"lib/confirm.js", file63, sizeof file63},
    {"lib/copy.js", file64, sizeof file64},
    {"lib/cursor.js", file65, sizeof file65},
    {"lib/drafts.js", file66, sizeof file66},
    {"lib/events.js", file67, sizeof file67},
    {"lib/facts.js", file68, sizeof file68},
    {"lib/fairness.js", file69, sizeof file69},
    {"lib/field-controls.js", file70, sizeof file70},
    {"lib/field-errors.js", file71, sizeof file71},
    {"lib/format.js", file72, sizeof file72},
    {"lib/gateway-keys.js", file73, sizeof file73},
    {"lib/h.js", file74, sizeof file74},
    {"lib/journal-rows.js", file75, sizeof file75},
    {"lib/key-shapes.js", file76, sizeof file76},
    {"lib/keyboard.js", file77, sizeof file77},
    {"lib/keys.js", file78, sizeof file78},
    {"lib/modes.js", file79, sizeof file79},
    {"lib/no-campaign.js", file80, sizeof file80},
    {"lib/notation.js", file81, sizeof file81},
    {"lib/odds.js", file82, sizeof file82},
    {"lib/outlook.js", file83, sizeof file83},
    {"lib/page.js", file84, sizeof file84},
    {"lib/play-keys.js", file85, sizeof file85},
    {"lib/plural.js", file86, sizeof file86},
    {"lib/preferences.js", file87, sizeof file87},
    {"lib/problem.js", file88, sizeof file88},
    {"lib/proposal-draft.js", file89, sizeof file89},
    {"lib/proposal-editor.js", file90, sizeof file90},
    {"lib/proposal-faults.js", file91, sizeof file91},
    {"lib/proposal-store.js", file92, sizeof file92},
    {"lib/roll-details.js", file93, sizeof file93},
    {"lib/roll-tree.js", file94, sizeof file94},
    {"lib/rolls.js", file95, sizeof file95},
    {"lib/routes.js", file96, sizeof file96},
    {"lib/row-status.js", file97, sizeof file97},
    {"lib/run-cards.js", file98, sizeof file98},
    {"lib/run-words.js", file99, sizeof file99},
    {"lib/runs.js", file100, sizeof file100},
    {"lib/sample-campaign.js", file101, sizeof file101},
    {"lib/sampling.js", file102, sizeof file102},
    {"lib/scene-bar.js", file103, sizeof file103},
    {"lib/scene-choices.js", file104, sizeof file104},
    {"lib/scene-panel.js", file105, sizeof file105},
    {"lib/scene.js", file106, sizeof file106},
    {"lib/schema-fields.js", file107, sizeof file107},
    {"lib/sheet-words.js", file108, sizeof file108},
    {"lib/sign-in-code.js", file109, sizeof file109},
    {"lib/speaker.js", file110, sizeof file110},
    {"lib/spell-steps.js", file111, sizeof file111},
    {"lib/spend.js", file112, sizeof file112},
    {"lib/starters.js", file113, sizeof file113},
    {"lib/submission.js", file114, sizeof file114},
    {"lib/theme.js", file115, sizeof file115},
    {"lib/took.js", file116, sizeof file116},
    {"lib/turn-actions.js", file117, sizeof file117},
    {"lib/ui.js", file118, sizeof file118},
    {"lib/undo.js", file119, sizeof file119},
    {"lib/undoing.js", file120, sizeof file120},
    {"lib/upstream-words.js", file121, sizeof file121},
    {"lib/variables.js", file122, sizeof file122},
    {"pages/about.html", file123, sizeof file123},
    {"pages/about.js", file124, sizeof file124},
    {"pages/calls.html", file125, sizeof file125},
    {"pages/calls.js", file126, sizeof file126},
    {"pages/dice.html", file127, sizeof file127},
    {"pages/dice.js", file128, sizeof file128},
    {"pages/journal.html", file129, sizeof file129},
    {"pages/journal.js", file130, sizeof file130},
    {"pages/play.html", file131, sizeof file131},
    {"pages/play.js", file132, sizeof file132},
    {"pages/propose.html", file133, sizeof file133},
    {"pages/propose.js", file134, sizeof file134},
    {"pages/settings.html", file135, sizeof file135},
    {"pages/settings.js", file136, sizeof file136},
    {"pages/sign-in.html", file137, sizeof file137},
    {"pages/sign-in.js", file138, sizeof file138},
    {"pages/start.html", file139, sizeof file139},
    {"pages/start.js", file140, sizeof file140},
    {0, 0, 0},
};

size_t web_assets_count(void) { return sizeof files / sizeof files[0] - 1; }

struct WebAsset web_assets_at(size_t index) {
  return files[index < web_assets_count() ? index : web_assets_count()];
}
