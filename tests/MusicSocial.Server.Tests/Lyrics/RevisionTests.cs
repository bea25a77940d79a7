using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Lyrics.Editing;

namespace MusicSocial.Server.Tests.Lyrics;

[Trait("Stores", "both")]
public sealed class RevisionTests : IAsyncLifetime
{
    private Singable _song = null!;

    public async Task InitializeAsync() => _song = await Singable.StartAsync();

    public async Task DisposeAsync() => await _song.DisposeAsync();

    [Fact]
    public async Task Every_revision_is_kept_and_can_be_read()
    {
        await _song.UploadAsync(_song.Ann, "Untimed").ReadAsync<CueSheet>();
        await _song.UploadAsync(_song.Bob, "[00:01.00]Timed\n[00:02.00]twice").ReadAsync<CueSheet>();
        await _song.EditAsync(_song.Ann, new { lines = new[] { new { startMs = 1000, text = "Edited" } }, basedOn = 2 }).ReadAsync<CueSheet>();

        var revisions = (await _song.RevisionsAsync()).Items;

        Assert.Equal(
            [
                (3, RevisionKind.Sheet, (long?)2, LyricTiming.Lines, 1, true, _song.Ann.User),
                (2, RevisionKind.Upload, null, LyricTiming.Lines, 2, false, _song.Bob.User),
                (1, RevisionKind.Upload, null, LyricTiming.None, 1, false, _song.Ann.User),
            ],
            revisions.Select(one => ((int)one.Revision, one.Kind, one.From, one.Timing, (int)one.Lines, one.Current, one.By)));
        var second = await _song.App.Http.GetAsync($"{_song.Lyrics}/revisions/2").ReadAsync<CueSheet>();
        Assert.Equal(("Timed", 2L, _song.Bob.User), (second.Lines[0].Text, second.Revision, second.By));
    }

    [Fact]
    public async Task However_much_junk_comes_after_it_what_others_made_last_can_be_brought_back()
    {
        await using var song = await Singable.StartAsync(new() { ["Limits:LyricUploads:Burst"] = "1000" });
        await song.UploadAsync(song.Ann, "[00:01.00]Superseded").ReadAsync<CueSheet>();
        await song.UploadAsync(song.Ann, "[00:01.00]Good").ReadAsync<CueSheet>();
        for (var junk = 0; junk < 56; junk++)
            await song.UploadAsync(song.Bob, $"[00:01.00]Junk {junk}").ReadAsync<CueSheet>();

        Assert.Equal(51, (await song.RevisionsAsync()).Items.Count);
        Assert.Equal("Good", (await song.RevertAsync(song.Ann, 2).ReadAsync<CueSheet>()).Lines[0].Text);
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_of_an_upload_leaves_all_of_it_or_nothing()
    {
        var editing = _song.App.Services.GetRequiredService<LyricEditing>();
        var upload = new LyricRevision("[00:01.00]Kept"u8.ToArray());
        // What is asked before the revision is stored is remembered by now: the call comes back with the write on its way to the disk.
        await _song.Ann.Http.GetAsync("/api/accounts/me").ReadAsync<User>();
        using var request = new CancellationTokenSource();

        var uploading = editing.UploadAsync(new CurrentUser(_song.Ann.User.Id), _song.Track.Id, upload, request.Token);
        await request.CancelAsync();
        await uploading;

        Assert.True((await _song.App.Http.GetAsync($"/api/tracks/{_song.Track.Id}").ReadAsync<Track>()).HasLyrics);
    }

    [Fact]
    public async Task Reverting_makes_a_new_revision_that_says_what_the_old_one_said()
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]Right").ReadAsync<CueSheet>();
        await _song.UploadAsync(_song.Bob, "[00:01.00]Wrong").ReadAsync<CueSheet>();

        var sheet = await _song.RevertAsync(_song.Ann, 1).ReadAsync<CueSheet>();

        Assert.Equal(("Right", 3L), (sheet.Lines[0].Text, sheet.Revision));
        Assert.Equal("Right", (await _song.GetAsync()).Lines[0].Text);
        var newest = (await _song.RevisionsAsync()).Items[0];
        Assert.Equal((RevisionKind.Revert, (long?)1), (newest.Kind, newest.From));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-1)]
    public async Task Revisions_that_are_not_there_are_refused(long revision)
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]Only").ReadAsync<CueSheet>();

        await _song.App.Http.GetAsync($"{_song.Lyrics}/revisions/{revision}").RefusedAsync(HttpStatusCode.NotFound, "lyrics.revision_not_found");
        await _song.RevertAsync(_song.Ann, revision).RefusedAsync(HttpStatusCode.NotFound, "lyrics.revision_not_found");
        await ReportAsync(_song.Bob, revision, new { reason = "spam" }).RefusedAsync(HttpStatusCode.NotFound, "lyrics.revision_not_found");
    }

    [Fact]
    public async Task Only_the_newest_fifty_are_kept_and_their_reports_go_with_the_old_ones()
    {
        await using var song = await Singable.StartAsync(new() { ["Limits:LyricUploads:Burst"] = "100" });
        for (var i = 1; i <= 52; i++)
        {
            await song.UploadAsync(song.Ann, $"[00:01.00]Number {i}").ReadAsync<CueSheet>();
            if (i == 1)
                (await song.Bob.Http.PostAsJsonAsync($"{song.Lyrics}/revisions/1/report", new { reason = "other" })).EnsureSuccessStatusCode();
        }

        var revisions = (await song.RevisionsAsync()).Items;

        Assert.Equal((50, 52, 3), (revisions.Count, (int)revisions[0].Revision, (int)revisions[^1].Revision));
        Assert.Empty((await song.Ann.Http.GetAsync($"{song.Lyrics}/reports").ReadAsync<LyricReports>()).Items);
    }

    [Fact]
    public async Task Shifting_moves_every_line_and_back_again_loses_nothing()
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]<00:01.00>One <00:01.50>two<00:02.00>\n[00:03.00]Three").ReadAsync<CueSheet>();

        var early = await _song.ShiftAsync(_song.Ann, new { byMs = -2000 }).ReadAsync<CueSheet>();
        Assert.Equal([0, 1000], early.Lines.Select(line => line.StartMs!.Value));
        var late = await _song.ShiftAsync(_song.Bob, new { byMs = 2300, basedOn = 2 }).ReadAsync<CueSheet>();

        Assert.Equal([1300, 3300], late.Lines.Select(line => line.StartMs!.Value));
        Assert.Equal([1300, 1800], late.Lines[0].Words.Select(word => word.StartMs));
        Assert.Equal((300, 3L), (late.OffsetMs, late.Revision));
        Assert.Equal(RevisionKind.Shift, (await _song.RevisionsAsync()).Items[0].Kind);
        Assert.Equal(1300, (await _song.GetAsync()).Lines[0].StartMs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4000)]
    [InlineData(180_000)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task Absurd_shifts_are_refused(int byMs)
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]One\n[00:03.00]Two").ReadAsync<CueSheet>();

        await _song.ShiftAsync(_song.Ann, new { byMs }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.shift_invalid");

        Assert.Equal(1L, (await _song.GetAsync()).Revision);
    }

    [Fact]
    public async Task What_has_no_times_cannot_be_shifted_nor_what_is_not_there()
    {
        await _song.ShiftAsync(_song.Ann, new { byMs = 100 }).RefusedAsync(HttpStatusCode.NotFound, "lyrics.none");
        await _song.UploadAsync(_song.Ann, "No times").ReadAsync<CueSheet>();

        await _song.ShiftAsync(_song.Ann, new { byMs = 100 }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.shift_invalid");
    }

    [Fact]
    public async Task Reports_count_once_per_person_and_are_read_by_those_who_can_revert()
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]Buy my records").ReadAsync<CueSheet>();
        await ReportAsync(_song.Bob, 1, new { reason = "badTiming" });
        await ReportAsync(_song.Bob, 1, new { reason = "spam", note = "An advertisement." });
        await ReportAsync(await _song.App.GuestAsync("Guest"), 1, new { reason = "offensive" });

        Assert.Equal(2, (await _song.RevisionsAsync()).Items[0].Reports);
        var reports = (await _song.Ann.Http.GetAsync($"{_song.Lyrics}/reports").ReadAsync<LyricReports>()).Items;
        Assert.Equal(2, reports.Count);
        Assert.Contains(reports, report => report.By == _song.Bob.User && report is { Reason: ReportReason.Spam, Note: "An advertisement.", Revision: 1 });
        await (await _song.App.GuestAsync()).Http.GetAsync($"{_song.Lyrics}/reports").RefusedAsync(HttpStatusCode.Forbidden, "lyrics.forbidden");
    }

    [Fact]
    public async Task A_report_without_a_reason_is_refused()
    {
        await _song.UploadAsync(_song.Ann, "[00:01.00]One").ReadAsync<CueSheet>();

        await ReportAsync(_song.Bob, 1, new { }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.report_invalid");
        await ReportAsync(_song.Bob, 1, new { reason = "spam", note = new string('x', 501) }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "lyrics.report_invalid");
        await ReportAsync(_song.Bob, 1, new { reason = "nonsense" }).RefusedAsync(HttpStatusCode.BadRequest, "request.malformed");
    }

    private Task<HttpResponseMessage> ReportAsync(Person person, long revision, object report) =>
        person.Http.PostAsJsonAsync($"{_song.Lyrics}/revisions/{revision}/report", report, WireJson.Options);
}
