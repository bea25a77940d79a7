using MusicSocial.Server.Accounts;
using MusicSocial.Server.Admin;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.CommandLine;
using MusicSocial.Server.Comments;
using MusicSocial.Server.Friends;
using MusicSocial.Server.Hosting;
using MusicSocial.Server.Hubs;
using MusicSocial.Server.Inbox;
using MusicSocial.Server.Listens;
using MusicSocial.Server.Lyrics;
using MusicSocial.Server.Moderation;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Reactions;
using MusicSocial.Server.Relations;
using MusicSocial.Server.Rooms;
using MusicSocial.Server.Storage;

return await MusicSocialCommand.RunAsync(args, ServeAsync);

static async Task<int> ServeAsync(string[] settings)
{
    var builder = WebApplication.CreateBuilder(settings);

    builder.Services.AddHosting(builder.Configuration);
    builder.Services.AddStorage();
    builder.Services.AddHubs(builder.Configuration);
    builder.Services.AddAccounts();
    builder.Services.AddAdmin();
    builder.Services.AddRelations();
    builder.Services.AddInbox();
    builder.Services.AddModeration();
    builder.Services.AddCatalog();
    builder.Services.AddServerLyrics();
    builder.Services.AddRooms();
    builder.Services.AddComments();
    builder.Services.AddReactions();
    builder.Services.AddPlayback();
    builder.Services.AddFriends();
    builder.Services.AddListens();
    builder.Services.AddStartChecks();

    await using var app = builder.Build();

    app.UseHosting();
    app.UseKnownTokens();
    app.UseWebClient();
    app.UseAuthentication();
    app.UseAuthorization();

    app.MapHosting();
    app.MapHubs();
    app.MapAccounts();
    app.MapAdmin();
    app.MapInbox();
    app.MapModeration();
    app.MapCatalog();
    app.MapLyrics();
    app.MapRooms();
    app.MapComments();
    app.MapPlayback();
    app.MapFriends();
    app.MapListens();
    app.MapWebClient();

    return await app.RunCheckedAsync();
}
