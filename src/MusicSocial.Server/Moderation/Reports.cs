using MusicSocial.Realtime.Clock;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Admin;
using MusicSocial.Server.Api;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Limits;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Moderation;

/// <summary>
/// What people report, and what moderators decide. All reports of one thing are one case while it is open; its reporters are told the outcome, and the
/// decision is in the audit log.
/// </summary>
internal sealed class Reports(
    ReportStore store, IEnumerable<IReportable> reportables, Staff staff, AuditLog audit, Users users, Inboxes inboxes, RateLimiter limiter, IHubClock clock)
{
    private const int ReasonLength = 100;
    private const int NoteLength = 1_000;
    private const int AnswerLength = 500;
    private const int ExcerptLength = 500;
    private const int ReportsShown = 20;

    /// <summary>Dismissed reports in a week after which a person reports no more for that long.</summary>
    private const int MostDismissed = 10;

    private static readonly TimeSpan DismissedCount = TimeSpan.FromDays(7);

    private static readonly RateLimit OfPerson = new() { PerSecond = 1.0 / 60, Burst = 20 };

    private sealed record PageKey(string Id);

    private readonly Dictionary<string, IReportable> _reportables = reportables.ToDictionary(reportable => reportable.Kind);

    /// <summary>
    /// Reports a thing. Refuses <c>report.unknown_kind</c>, <c>report.not_found</c> (also what the reporter may not see), <c>report.self</c> and
    /// <c>rate.limited</c>: too many, or too many of late that were dismissed.
    /// </summary>
    public async Task<ReportView> AddAsync(CurrentUser by, ReportRequest request, CancellationToken cancellationToken)
    {
        var reportable = _reportables.GetValueOrDefault(request.Kind ?? "") ?? throw new RefusedException(ModerationRefusals.UnknownKind);
        var reason = CleanText.Line(request.Reason, ReasonLength);
        var note = string.IsNullOrWhiteSpace(request.Note) ? null : CleanText.Lines(request.Note, NoteLength);
        limiter.Acquire("report", by.Id, OfPerson);
        var now = clock.Now;
        if (await store.CountDismissedAsync(by.Id, (long)(now - DismissedCount).Ms, cancellationToken) >= MostDismissed)
            throw new RefusedException(Refusals.RateLimited(TimeSpan.FromDays(1)));
        var thing = await reportable.FindAsync(request.Id ?? "", by.Id, cancellationToken) ?? throw new RefusedException(ModerationRefusals.NotFound);
        if (thing.AuthorId == by.Id)
            throw new RefusedException(ModerationRefusals.Self);

        var opened = new CaseRow
        {
            Id = Ids.New(now.Ms),
            Kind = reportable.Kind,
            SubjectId = thing.Id,
            AuthorId = thing.AuthorId,
            Excerpt = thing.Excerpt is { Length: > ExcerptLength } text ? string.Concat(text.AsSpan(0, ExcerptLength), "...") : thing.Excerpt,
            OpenedAtMs = (long)now.Ms,
        };
        var report = new ReportRow { ReporterId = by.Id, Reason = reason, Note = note, AtMs = (long)now.Ms };
        var caseId = await store.AddAsync(opened, report, cancellationToken);
        return new ReportView(caseId, ReportState.Open, opened.Kind, opened.SubjectId, reason, report.AtMs);
    }

    /// <summary>What the caller reported, and what became of it.</summary>
    public async Task<Page<ReportView>> OfReporterAsync(CurrentUser by, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var size = Cursor.Limit(limit);
        var rows = await store.OfReporterAsync(by.Id, Cursor.Decode<PageKey>(cursor)?.Id ?? Ids.AfterAll, size + 1, cancellationToken);
        var page = Cursor.ToPage(rows, size, row => new PageKey(row.CaseId));
        return new Page<ReportView>(
            [.. page.Items.Select(row => new ReportView(row.CaseId, row.State, row.Kind, row.SubjectId, row.Reason, row.AtMs))], page.Next);
    }

    /// <summary>The cases in a state, open ones (the default) the oldest first; for moderators. Refuses <c>request.invalid</c> for a state that is none.</summary>
    public async Task<Page<ReportCase>> ListAsync(CurrentUser by, string? state, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        await staff.RequireModeratorAsync(by, cancellationToken);
        var size = Cursor.Limit(limit);
        var rows = await store.ListAsync(StateOf(state), Cursor.Decode<PageKey>(cursor)?.Id, size + 1, cancellationToken);
        var page = Cursor.ToPage(rows, size, row => new PageKey(row.Id));
        return new Page<ReportCase>(await ShowAsync(page.Items, cancellationToken), page.Next);
    }

    /// <summary>
    /// Decides a case; for moderators. Upheld, the thing is removed first: what fails leaves the case open, to be decided again. Refuses
    /// <c>report.bad_decision</c>, <c>report.not_found</c> and <c>report.decided</c>.
    /// </summary>
    public async Task<ReportCase> DecideAsync(CurrentUser by, string id, DecisionRequest request, CancellationToken cancellationToken)
    {
        await staff.RequireModeratorAsync(by, cancellationToken);
        var decision = DecisionOf(request.Decision);
        var note = string.IsNullOrWhiteSpace(request.Note) ? null : CleanText.Lines(request.Note, AnswerLength);
        var found = await store.FindAsync(id, cancellationToken) ?? throw new RefusedException(ModerationRefusals.NotFound);
        if (found.State != ReportState.Open)
            throw new RefusedException(ModerationRefusals.Decided);

        if (decision == ReportState.Upheld)
            await _reportables[found.Kind].RemoveAsync(found.SubjectId, cancellationToken);
        if (!await store.TryDecideAsync(id, decision, by.Id, note, (long)clock.Now.Ms, CancellationToken.None))
            throw new RefusedException(ModerationRefusals.Decided);
        // Decided durably: from here on nothing is cancelled.
        var action = decision == ReportState.Upheld ? "report.upheld" : "report.dismissed";
        await audit.AddAsync(by, action, $"{found.Kind}:{found.SubjectId}", note, CancellationToken.None);
        foreach (var report in await store.ReportsOfAsync([id], CancellationToken.None))
            await inboxes.NotifyAsync(report.ReporterId, null, "report", new ReportNotice(id, decision, found.Kind, note), $"report:{id}", CancellationToken.None);
        return (await ShowAsync([(await store.FindAsync(id, CancellationToken.None))!], CancellationToken.None))[0];
    }

    private static ReportState StateOf(string? state) => state switch
    {
        null or "" or "open" => ReportState.Open,
        "upheld" => ReportState.Upheld,
        "dismissed" => ReportState.Dismissed,
        _ => throw new RefusedException(Refusals.Invalid("A report is open, upheld or dismissed.")),
    };

    private static ReportState DecisionOf(string? decision) => decision switch
    {
        "upheld" or "uphold" => ReportState.Upheld,
        "dismissed" or "dismiss" => ReportState.Dismissed,
        _ => throw new RefusedException(ModerationRefusals.BadDecision),
    };

    private async Task<IReadOnlyList<ReportCase>> ShowAsync(IReadOnlyList<CaseRow> rows, CancellationToken cancellationToken)
    {
        var reports = (await store.ReportsOfAsync([.. rows.Select(row => row.Id)], cancellationToken)).ToLookup(report => report.CaseId);
        var ids = rows.SelectMany(row => new[] { row.AuthorId, row.DecidedBy }).Concat(reports.SelectMany(said => said.Select(report => report.ReporterId)));
        var people = await users.GetAsync([.. ids.OfType<string>().Distinct()], cancellationToken);
        return
        [
            .. rows.Select(row => new ReportCase(
                row.Id, row.Kind, row.SubjectId, row.State, Person(row.AuthorId), row.Excerpt,
                [
                    .. reports[row.Id].Where(report => people.ContainsKey(report.ReporterId)).Take(ReportsShown)
                        .Select(report => new ReportLine(people[report.ReporterId], report.Reason, report.Note, report.AtMs)),
                ],
                reports[row.Id].Count(), row.OpenedAtMs)
            {
                DecidedBy = Person(row.DecidedBy),
                DecidedAtMs = row.DecidedAtMs,
                Note = row.Note,
            }),
        ];

        User? Person(string? id) => id is null ? null : people.GetValueOrDefault(id);
    }
}
