return { ["192.0"] = "Neverland", ["198.51"] = "Utopia" }
