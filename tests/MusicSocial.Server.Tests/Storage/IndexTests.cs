using Dapper;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Rooms;
using MusicSocial.Server.Storage;

namespace MusicSocial.Server.Tests.Storage;

/// <summary>Statements that run often or over large tables read a range of an index.</summary>
public sealed class IndexTests : IAsyncLifetime
{
    private const int Rows = 6_000;

    private readonly TempFolder _folder = new();
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = TestStores.Open(_folder.Path);
        await _database.WriteAsync(
            async connection =>
            {
                for (var i = 0; i < 60; i++)
                {
                    await connection.ExecuteAsync(
                        "INSERT INTO users (id, handle, handle_key, display_name, guest, security_stamp, created_at_ms) VALUES (@id, @id, @id, @id, 1, '', 0)", new { id = $"user{i}" });
                }

                for (var i = 0; i < Rows; i++)
                {
                    var id = Ids.New(i);
                    await connection.ExecuteAsync(
                        "INSERT INTO notices (id, user_id, type, data, at_ms, idempotency_key) VALUES (@id, @user, 'reply', '{}', @i, @id)", new { id, i, user = $"user{i % 60}" });
                    await connection.ExecuteAsync(
                        """
                        INSERT INTO rooms (id, code, revision, document, listed, awake, listeners, created_at_ms)
                        VALUES (@id, @id, 1, '{}', 0, 0, @listeners, 0)
                        """,
                        new { id, listeners = i % 100 == 0 ? 1 : 0 });
                }
            },
            CancellationToken.None);
        await QueryPlan.CountRowsAsync(_database);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await TestStores.ForgetAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_page_of_an_inbox_begins_where_the_last_one_ended()
    {
        var plan = await QueryPlan.OfAsync(_database, NoticeStore.Page, new { userId = "user0", beforeId = Ids.New(Rows / 2), limit = 50 });

        QueryPlan.AssertWalks(plan, "notices_by_user");
        Assert.Matches(@"id\s*<", plan);
    }

    [Fact]
    public async Task The_rooms_that_are_not_empty_are_found_without_the_others() =>
        QueryPlan.AssertWalks(await QueryPlan.OfAsync(_database, RoomStore.Counted, new { }), "rooms_counted");
}
