using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicSocial.Realtime.Wire;

/// <summary>Writes a <see cref="FollowAnswer"/> and lets its follower go live; see <see cref="FollowAnswer.OnWritten"/>.</summary>
internal sealed class FollowAnswerConverter : JsonConverter<FollowAnswer>
{
    private sealed record Shape(
        string Topic, TopicPosition Position, bool Recovered, IReadOnlyList<TopicEvent> Events, object? Snapshot);

    public override FollowAnswer? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<Shape>(ref reader, options) is { } shape
            ? new(shape.Topic, shape.Position, shape.Recovered, shape.Events, shape.Snapshot)
            : null;

    public override void Write(Utf8JsonWriter writer, FollowAnswer value, JsonSerializerOptions options)
    {
        JsonSerializer.Serialize(
            writer, new Shape(value.Topic, value.Position, value.Recovered, value.Events, value.Snapshot), options);
        value.OnWritten?.Invoke();
    }
}
