using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using MusicSocial.Server.Accounts;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Accounts;

/// <summary>A token that was read once is recognised, and nothing else about it changes.</summary>
public sealed class KnownTokensTests
{
    private readonly ManualTime _time = new();
    private readonly HashSet<string?> _ended = [];
    private readonly KnownTokens _known;

    public KnownTokensTests() => _known = new(_ended.Contains, _time);

    [Fact]
    public void A_token_of_an_ended_session_is_not_known()
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ann"), new Claim(Sessions.SessionClaim, "session-1")], "test");
        _known.Remember("token", new(new(identity), new() { ExpiresUtc = _time.GetUtcNow().AddHours(1) }, "test"));
        Assert.NotNull(_known.Find("token"));

        _ended.Add("session-1");

        Assert.Null(_known.Find("token"));
    }

    [Fact]
    public void A_token_is_known_by_all_of_it()
    {
        var ticket = Ticket("ann");
        _known.Remember("token of Ann", ticket);

        Assert.Same(ticket, _known.Find("token of Ann"));
        Assert.Null(_known.Find("token of Anna"));
        Assert.Null(_known.Find("Token of Ann"));
        Assert.Null(_known.Find(""));
        Assert.Null(_known.Find(null));
    }

    [Fact]
    public void A_token_that_has_expired_is_not_known()
    {
        _known.Remember("token", Ticket("ann"));
        _time.Jump(TimeSpan.FromMinutes(59));
        Assert.NotNull(_known.Find("token"));

        _time.Jump(TimeSpan.FromMinutes(1));

        Assert.Null(_known.Find("token"));
    }

    [Fact]
    public void A_token_without_an_end_is_not_known()
    {
        _known.Remember("token", new(new ClaimsPrincipal(), "test"));

        Assert.Null(_known.Find("token"));
    }

    [Fact]
    public void Of_too_many_tokens_those_not_seen_for_long_are_forgotten()
    {
        _known.Remember("seldom", Ticket("ann"));
        _known.Remember("often", Ticket("ben"));
        for (var i = 0; i < 40_000; i++)
        {
            _known.Remember(i.ToString(CultureInfo.InvariantCulture), Ticket("cleo"));
            if (i % 10_000 == 0)
                _known.Find("often");
        }

        Assert.Null(_known.Find("seldom"));
        Assert.NotNull(_known.Find("often"));
        Assert.NotNull(_known.Find("39999"));
    }

    private AuthenticationTicket Ticket(string user) => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "test")),
        new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow() + TimeSpan.FromHours(1) }, "test");
}
