namespace MusicSocial.Protocol;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most 200.</param>
/// <param name="Next">Opaque cursor of the following page; null on the last.</param>
/// <typeparam name="T">What is listed.</typeparam>
public record Page<T>(IReadOnlyList<T> Items, string? Next);
