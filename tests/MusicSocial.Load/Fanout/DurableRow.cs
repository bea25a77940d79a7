using MusicSocial.Load.Generator;

namespace MusicSocial.Load.Fanout;

/// <summary>The whole product: 1,000 listeners of 8 songs, 80 comments a second, each on disk before it is shown.</summary>
internal static class DurableRow
{
    public const string Name = "durable";

    public static async Task MeasureAsync(Readings readings)
    {
        var folder = Directory.CreateTempSubdirectory("musicsocial-load-").FullName;
        await using (var server = await MeasuredServer.ProductAsync(folder))
        {
            using var crowd = await ProductCrowd.GatherAsync(server, listeners: 1_000, songs: 8);
            readings.Add(await Delivering.MeasureAsync(new(Name, server, crowd, perSecond: 80) { Speech = Speech.Comments }));
        }

        Directory.Delete(folder, recursive: true);
    }
}
