using MusicSocial.Faults.History;

namespace MusicSocial.Cluster.Tests;

/// <summary>A checker that cannot fail proves nothing: histories that break one promise each.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly SeenComment One = new("01", "one");
    private static readonly SeenComment Two = new("02", "two");

    private static readonly Entry[] Good =
    [
        new Started("ann", 1, "e", 4, [], IsWhole: true),
        new Sent("bob", "one"), new Acknowledged("bob", "one", "01"),
        new Sent("bob", "two"), new Acknowledged("bob", "two", "02"),
        Event("ann", 1, "e", 5, One), Event("ann", 2, "e", 6, Two),
    ];

    [Fact]
    public void A_good_history_has_no_violations()
    {
        Assert.Empty(HistoryChecker.Check(Good, [One, Two]));
        Assert.Empty(HistoryChecker.CheckConvergence(Good, [One, Two]));
    }

    [Fact]
    public void An_acknowledged_comment_that_is_not_there_is_lost() =>
        AssertOnly(Violation.Lost, HistoryChecker.Check(Good, [One]));

    [Fact]
    public void An_acknowledged_comment_that_is_there_under_another_id_is_lost() =>
        AssertOnly(Violation.Lost, HistoryChecker.Check(Good, [One, Two with { Id = "03" }]));

    [Fact]
    public void A_comment_that_is_there_twice_is_doubled() =>
        AssertOnly(Violation.Doubled, HistoryChecker.Check(Good, [One, Two, Two with { Id = "03" }]));

    [Fact]
    public void A_comment_that_was_never_sent_is_a_phantom() =>
        AssertOnly(Violation.Phantom, HistoryChecker.Check(Good, [One, Two, new("03", "three")]));

    [Fact]
    public void A_hole_without_a_gap_message_is_seen() =>
        AssertOnly(Violation.Hole, HistoryChecker.Check([.. Good, Event("ann", 2, "e", 8)], [One, Two]));

    [Fact]
    public void A_step_back_is_seen() =>
        AssertOnly(Violation.Hole, HistoryChecker.Check([.. Good, Event("ann", 2, "e", 6)], [One, Two]));

    [Fact]
    public void An_epoch_that_changes_without_a_word_is_seen() =>
        AssertOnly(Violation.Hole, HistoryChecker.Check([.. Good, Event("ann", 2, "f", 7)], [One, Two]));

    [Fact]
    public void A_frame_that_leaves_something_out_and_does_not_say_so_is_seen() =>
        AssertOnly(Violation.Hole, HistoryChecker.Check([.. Good, new Delivered("ann", 2, "e", 7, 8, IsSample: false, [new(8, null)])], [One, Two]));

    [Fact]
    public void A_frame_that_says_it_is_a_sample_may_leave_something_out() =>
        Assert.Empty(HistoryChecker.Check([.. Good, new Delivered("ann", 2, "e", 7, 8, IsSample: true, [new(8, null)])], [One, Two]));

    [Fact]
    public void A_new_start_excuses_what_came_before() =>
        Assert.Empty(HistoryChecker.Check([.. Good, new Started("ann", 3, "f", 2, [One, Two], IsWhole: true), Event("ann", 3, "f", 3)], [One, Two]));

    [Fact]
    public void An_event_that_comes_again_under_another_number_is_repeated() =>
        AssertOnly(Violation.Repeated, HistoryChecker.Check([.. Good, Event("ann", 2, "e", 7, Two)], [One, Two]));

    [Fact]
    public void A_follower_who_misses_something_in_the_end_has_not_converged() =>
        AssertOnly(Violation.Diverged, HistoryChecker.CheckConvergence(Good[..^1], [One, Two]));

    [Fact]
    public void What_is_older_than_a_snapshot_reaches_is_read_from_history() =>
        Assert.Empty(HistoryChecker.CheckConvergence([new Started("ann", 1, "e", 6, [Two], IsWhole: false)], [One, Two]));

    private static Delivered Event(string client, int connection, string epoch, long offset, SeenComment? posted = null) =>
        new(client, connection, epoch, offset, offset, IsSample: false, [new SeenEvent(offset, posted)]);

    private static void AssertOnly(string promise, IReadOnlyList<Violation> violations) =>
        Assert.Equal(promise, Assert.Single(violations.Select(violation => violation.Promise).Distinct()));
}
