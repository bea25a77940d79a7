using System.Text;

namespace MusicSocial.Faults;

/// <summary>The outcome of many runs as Markdown.</summary>
internal static class FaultReport
{
    public static string ToMarkdown(IReadOnlyList<FaultOutcome> outcomes)
    {
        var text = new StringBuilder("| seed | faults | acknowledged | room commands | deliveries | converged after | violations |\n|---|---|---|---|---|---|---|\n");
        foreach (var outcome in outcomes)
            text.AppendLine(RowOf(outcome));
        var converged = outcomes.Select(outcome => outcome.Converged.TotalSeconds).Order().ToList();
        text.AppendLine(
            $"\n{outcomes.Count} runs, {outcomes.Sum(outcome => outcome.Faults.Count)} faults, {outcomes.Sum(outcome => outcome.Acknowledged)} comments "
            + $"acknowledged, {outcomes.Sum(outcome => outcome.Commands)} room commands, {outcomes.Sum(outcome => outcome.Deliveries)} deliveries; "
            + $"converged after {converged[converged.Count / 2]:F1} s in the middle, {converged[^1]:F1} s at most; "
            + $"{outcomes.Sum(outcome => outcome.Violations.Count)} violations.");
        foreach (var violation in outcomes.SelectMany(outcome => outcome.Violations.Select(broken => $"* seed {outcome.Seed}, {broken.Promise}: {broken.Evidence}")))
            text.AppendLine(violation);
        return text.ToString();
    }

    public static string RowOf(FaultOutcome outcome) =>
        $"| {outcome.Seed} | {string.Join(", ", outcome.Faults)} | {outcome.Acknowledged} | {outcome.Commands} | {outcome.Deliveries} | "
        + $"{outcome.Converged.TotalSeconds:F1} s | {outcome.Violations.Count} |";
}
