using System.Reflection;
using System.Runtime.CompilerServices;
using MusicSocial.Lyrics;
using MusicSocial.Realtime.Topics;
using MusicSocial.Sync;

namespace MusicSocial.Server.Tests.Architecture;

/// <summary>Every refusal of the hub, found in its assemblies.</summary>
public sealed class RefusalTests
{
    private static readonly Assembly[] Givers = [typeof(Refusal).Assembly, typeof(RoomRefusals).Assembly, typeof(ITopicPublisher).Assembly, typeof(Program).Assembly];

    // What clients of the HTTP API rely on: a change here is a change of the wire.
    private static readonly Dictionary<int, string> CodesByStatus = new()
    {
        [400] =
            "account.handle_invalid account.password_weak clock.invalid_round_trip comment.bad_order comment.client_key_invalid " +
            "comment.deleted comment.empty comment.position_invalid comment.too_long friends.self playback.invalid reaction.invalid " +
            "reaction.not_followed report.bad_decision report.self report.unknown_kind request.bad_cursor request.invalid request.malformed room.chat_off " +
            "room.closed room.invalid_command room.invalid_index room.invalid_minutes room.invalid_name room.invalid_password room.invalid_role room.invalid_seek " +
            "room.invalid_settings room.knock_off room.nothing_playing room.too_many_roles room.unplayable room.voting_off room.word_refused text.empty " +
            "text.too_long topic.disconnected topic.invalid topic.too_large topic.too_many",
        [401] = "auth.expired auth.invalid auth.required",
        [403] = "account.invitation_invalid account.sign_up_closed auth.forbidden auth.suspended comment.forbidden lyrics.forbidden room.accounts_only room.banned room.followers_only room.forbidden room.kicked room.knock room.not_member room.password",
        [404] =
            "comment.not_found invitation.not_found lyrics.none lyrics.revision_not_found report.not_found request.unknown room.item_not_found " +
            "room.knock_not_found room.not_found session.not_found topic.unknown track.chunk_not_found track.not_found track.opus_not_found user.hidden user.not_found",
        [405] = "request.wrong_method",
        [409] =
            "account.guest account.handle_taken account.not_guest friends.blocked friends.full list.full " +
            "lyrics.stale report.decided room.bans_full room.full room.knocks_full room.queue_full room.queue_share room.stale",
        [413] = "request.too_large",
        [415] = "request.wrong_content_type",
        [422] =
            "lyrics.dtd_prohibited lyrics.empty lyrics.encrypted_unsupported lyrics.invalid_xml lyrics.invalid_yaml " +
            "lyrics.needs_times lyrics.not_ttml lyrics.not_vtt lyrics.quote_invalid lyrics.quote_undrawable lyrics.report_invalid " +
            "lyrics.shift_invalid lyrics.text_invalid lyrics.time_invalid lyrics.too_large lyrics.too_many_lines " +
            "lyrics.unknown_format lyrics.unsupported_timestamp_format lyrics.unsupported_version",
        [429] = "rate.limited room.chat_paused room.knock_refused room.links_too_soon room.slow_mode room.vote_too_soon",
        [503] = "hub.draining hub.unavailable server.busy",
    };

    [Fact]
    public void Every_code_keeps_its_http_status()
    {
        var expected = CodesByStatus.SelectMany(entry => entry.Value.Split(' ').Select(code => $"{code} {entry.Key}"));

        Assert.Equal(expected.Order(StringComparer.Ordinal), All().Select(refusal => $"{refusal.Code} {refusal.Kind.HttpStatus()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_refusal_comes_back_from_its_json()
    {
        var refusal = new Refusal("room.kicked", RefusalKind.Forbidden, "You were removed.") { RetryAfter = TimeSpan.FromSeconds(2), Line = 3 };

        Assert.Equal("""{"code":"room.kicked","kind":"forbidden","message":"You were removed.","retryAfterMs":2000,"line":3}""", RefusalJson.Write(refusal));
        Assert.Equal(refusal, RefusalJson.Read(RefusalJson.Write(refusal)));
    }

    [Fact]
    public void A_problem_document_is_read_as_its_refusal_and_a_kind_of_a_later_version_is_not_retried()
    {
        var read = RefusalJson.Read("""{"title":"Wait.","status":503,"detail":"Wait.","code":"server.busy","kind":"unavailable","retryAfterMs":1000}""")!;
        var later = RefusalJson.Read("""{"code":"room.haunted","kind":"haunted","message":"Boo."}""")!;

        Assert.Equal(new Refusal("server.busy", RefusalKind.Unavailable, "Wait.") { RetryAfter = TimeSpan.FromSeconds(1) }, read);
        Assert.True(read.Kind.MayBeRetried());
        Assert.False(later.Kind.MayBeRetried());
        Assert.Null(RefusalJson.Read("Bad Gateway"));
    }

    /// <summary>One refusal per code: those that are constant, and those that are made with an argument.</summary>
    internal static IEnumerable<Refusal> All() =>
        Givers.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .SelectMany(Of)
            .DistinctBy(refusal => refusal.Code);

    private static IEnumerable<Refusal> Of(Type type)
    {
        const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in type.GetFields(Statics).Where(field => field.FieldType == typeof(Refusal)))
            yield return (Refusal)field.GetValue(null)!;
        if (!type.Name.EndsWith("Refusals", StringComparison.Ordinal))
            yield break;
        foreach (var method in type.GetMethods(Statics).Where(method => method.ReturnType == typeof(Refusal)))
        {
            foreach (var arguments in ArgumentsOf(method))
                yield return (Refusal)method.Invoke(null, arguments)!;
        }
    }

    private static IEnumerable<object?[]> ArgumentsOf(MethodInfo method) => method.GetParameters() switch
    {
        [] => [[]],
        [{ ParameterType: var type }] when type == typeof(LyricRefusedException) =>
            typeof(LyricRefusals).GetFields().Select(code => new object?[] { new LyricRefusedException((string)code.GetRawConstantValue()!) }),
        [{ ParameterType: var type }] => [[type == typeof(string) ? "text" : Activator.CreateInstance(type)]],
        _ => throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} needs arguments this test does not know."),
    };
}
