using MusicSocial.Realtime.Topics;

namespace MusicSocial.Server.Rooms;

internal static class RoomsFeature
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddOptions<RoomOptions>().BindConfiguration("Rooms").ValidateDataAnnotations()
            .Validate(options => options.Grace > TimeSpan.Zero && options.LookEvery > TimeSpan.Zero && options.SweepEvery > TimeSpan.Zero && options.CountEvery > TimeSpan.Zero, "Times are more than zero.")
            .ValidateOnStart();
        services
            .AddSingleton<RoomStore>().AddSingleton<RoomChatStore>()
            .AddSingleton<QueueViews>().AddSingleton<RoomEvents>().AddSingleton<RoomViews>()
            .AddSingleton<RoomSeats>().AddSingleton<RoomLeads>().AddSingleton<RoomGuestStore>().AddSingleton<RoomGuests>().AddSingleton<RoomGrace>().AddSingleton<RoomSchedule>()
            .AddSingleton<RoomEars>().AddSingleton<RoomWatch>().AddSingleton<RoomDoorman>().AddSingleton<RoomLook>()
            .AddSingleton<LiveRooms>().AddSingleton<RoomAttendance>()
            .AddSingleton<RoomPasswords>().AddSingleton<RoomEntrance>().AddSingleton<RoomReaders>()
            .AddSingleton<RoomControls>().AddSingleton<RoomInvitations>().AddSingleton<RoomChat>().AddSingleton<RoomDirectory>()
            .AddSingleton<ListenerCounts>()
            .AddSingleton<ITopicKind, RoomTopic>();
        return services
            .AddHostedService<RoomHearing>()
            .AddHostedService<RoomClock>()
            .AddHostedService<RoomUsher>()
            .AddHostedService(provider => provider.GetRequiredService<ListenerCounts>());
    }

    public static void MapRooms(this IEndpointRouteBuilder routes) => routes.MapRoomsApi();
}
