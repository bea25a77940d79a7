using System.Globalization;
using MusicSocial.Server.Accounts;
using MusicSocial.Server.Catalog;
using MusicSocial.Server.Comments;
using MusicSocial.Server.Friends;
using MusicSocial.Server.Hosting;
using MusicSocial.Server.Hubs;
using MusicSocial.Server.Listens;
using MusicSocial.Server.Lyrics;
using MusicSocial.Server.Playback;
using MusicSocial.Server.Rooms;
using MusicSocial.Server.Storage;
using MusicSocial.Server.Storage.Copying;

// The wire and the logs read the same wherever the machine stands.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is ["copy", .. var copying])
    return await CopyCommand.RunAsync(copying);

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddHosting();
builder.Services.AddStorage();
builder.Services.AddHubs(builder.Configuration);
builder.Services.AddAccounts();
builder.Services.AddCatalog();
builder.Services.AddServerLyrics();
builder.Services.AddRooms();
builder.Services.AddComments();
builder.Services.AddPlayback();
builder.Services.AddFriends();
builder.Services.AddListens();
builder.Services.AddOpenApi();

var app = builder.Build();
await app.Services.WaitForPostgresAsync();

app.UseHosting();
app.UseKnownTokens();
app.UseWebClient();
app.UseAuthentication();
app.UseAuthorization();

app.MapHealth();
app.MapOpenApi();
app.MapHubs();
app.MapAccounts();
app.MapCatalog();
app.MapLyrics();
app.MapRooms();
app.MapComments();
app.MapPlayback();
app.MapFriends();
app.MapListens();
app.MapWebClient();

await app.RunAsync();
return 0;
