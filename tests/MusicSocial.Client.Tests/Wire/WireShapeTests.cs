using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MusicSocial.Client.Wire;

namespace MusicSocial.Client.Tests.Wire;

/// <summary>The client has records of its own; on the wire they are the server's.</summary>
public sealed class WireShapeTests
{
    private static readonly Assembly[] Servers = [typeof(Program).Assembly, typeof(Realtime.Wire.TopicEvent).Assembly, typeof(MusicSocial.Lyrics.LyricAgent).Assembly];

    public static TheoryData<string> Records => [.. OurTypes().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_has_the_shape_of_the_servers_record_of_that_name(string name)
    {
        var ours = OurTypes().Single(type => type.Name == name);
        var theirs = Servers.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name == name && type.IsPublic)
            .ToList();

        Assert.Equal(ShapeOf(Assert.Single(theirs)), ShapeOf(ours));
    }

    private static IEnumerable<Type> OurTypes() => typeof(User).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(User).Namespace && !type.IsNested && type != typeof(WireJson));

    private static string[] ShapeOf(Type type) => type.IsEnum
        ? [.. Enum.GetNames(type)]
        : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .Select(property => $"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}: {KindOf(property.PropertyType)}")
            .Order(StringComparer.Ordinal)];

    private static string KindOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum || plain == typeof(string))
            return "string";
        if (plain == typeof(bool))
            return "boolean";
        if (plain.IsPrimitive)
            return "number";
        if (plain == typeof(JsonElement) || plain == typeof(object))
            return "anything";
        return plain.GetGenericArguments() switch
        {
            [var item] => $"[{KindOf(item)}]",
            [_, var value] => $"{{{KindOf(value)}}}",
            _ => plain.Name,
        };
    }
}
